static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/warnings");

fn main() {
    let _ = &MIGRATIONS;
}
