static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/allow_without_reason");

fn main() {
    let _ = &MIGRATIONS;
}
