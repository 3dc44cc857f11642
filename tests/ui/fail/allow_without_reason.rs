static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/allow_without_reason");

fn main() {
    let _ = &MIGRATIONS;
}
