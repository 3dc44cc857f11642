static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_header");

fn main() {
    let _ = &MIGRATIONS;
}
