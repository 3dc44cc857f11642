static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/duplicate_section");

fn main() {
    let _ = &MIGRATIONS;
}
