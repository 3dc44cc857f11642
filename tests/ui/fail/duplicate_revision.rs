static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/duplicate_revision");

fn main() {
    let _ = &MIGRATIONS;
}
