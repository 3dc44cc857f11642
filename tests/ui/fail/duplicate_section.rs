static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/duplicate_section");

fn main() {
    let _ = &MIGRATIONS;
}
