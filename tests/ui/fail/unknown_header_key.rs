static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unknown_header_key");

fn main() {
    let _ = &MIGRATIONS;
}
