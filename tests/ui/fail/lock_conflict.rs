static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/lock_conflict");

fn main() {
    let _ = &MIGRATIONS;
}
