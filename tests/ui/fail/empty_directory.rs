static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/empty_directory");

fn main() {
    let _ = &MIGRATIONS;
}
