static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/nowhere");

fn main() {
    let _ = &MIGRATIONS;
}
