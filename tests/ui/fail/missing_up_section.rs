static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/missing_up_section");

fn main() {
    let _ = &MIGRATIONS;
}
