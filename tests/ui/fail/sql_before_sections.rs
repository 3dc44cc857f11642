static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sql_before_sections");

fn main() {
    let _ = &MIGRATIONS;
}
