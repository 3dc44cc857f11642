static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unsupported_revision");

fn main() {
    let _ = &MIGRATIONS;
}
