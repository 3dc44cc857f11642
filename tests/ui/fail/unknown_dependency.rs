static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unknown_dependency");

fn main() {
    let _ = &MIGRATIONS;
}
