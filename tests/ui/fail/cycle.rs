static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/cycle");

fn main() {
    let _ = &MIGRATIONS;
}
