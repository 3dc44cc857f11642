static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/needs_transaction");

fn main() {
    let _ = &MIGRATIONS;
}
