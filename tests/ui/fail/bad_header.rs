static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_header");

fn main() {
    let _ = &MIGRATIONS;
}
