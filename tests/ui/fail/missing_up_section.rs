static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/missing_up_section");

fn main() {
    let _ = &MIGRATIONS;
}
