static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unknown_section_option");

fn main() {
    let _ = &MIGRATIONS;
}
