static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/irreversible_without_reason");

fn main() {
    let _ = &MIGRATIONS;
}
