static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/needs_transaction");

fn main() {
    let _ = &MIGRATIONS;
}
