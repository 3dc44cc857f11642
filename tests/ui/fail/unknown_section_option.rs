static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unknown_section_option");

fn main() {
    let _ = &MIGRATIONS;
}
