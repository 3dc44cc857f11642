static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/duplicate_table");

fn main() {
    let _ = &MIGRATIONS;
}
