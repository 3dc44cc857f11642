static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sql_before_sections");

fn main() {
    let _ = &MIGRATIONS;
}
