static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/needs_no_transaction");

fn main() {
    let _ = &MIGRATIONS;
}
