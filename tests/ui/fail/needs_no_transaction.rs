static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/needs_no_transaction");

fn main() {
    let _ = &MIGRATIONS;
}
