static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/dependent_objects");

fn main() {
    let _ = &MIGRATIONS;
}
