static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_file_name");

fn main() {
    let _ = &MIGRATIONS;
}
