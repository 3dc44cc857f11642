static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/name_mismatch");

fn main() {
    let _ = &MIGRATIONS;
}
