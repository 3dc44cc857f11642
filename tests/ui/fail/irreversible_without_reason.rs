static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/irreversible_without_reason");

fn main() {
    let _ = &MIGRATIONS;
}
