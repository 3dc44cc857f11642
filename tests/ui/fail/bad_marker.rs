static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_marker");

fn main() {
    let _ = &MIGRATIONS;
}
