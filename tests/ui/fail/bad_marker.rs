static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_marker");

fn main() {
    let _ = &MIGRATIONS;
}
