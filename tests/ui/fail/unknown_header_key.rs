static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unknown_header_key");

fn main() {
    let _ = &MIGRATIONS;
}
