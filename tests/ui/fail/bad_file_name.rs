static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_file_name");

fn main() {
    let _ = &MIGRATIONS;
}
