static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unknown_dependency");

fn main() {
    let _ = &MIGRATIONS;
}
