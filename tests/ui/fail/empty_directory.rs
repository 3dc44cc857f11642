static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/empty_directory");

fn main() {
    let _ = &MIGRATIONS;
}
