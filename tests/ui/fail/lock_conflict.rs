static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/lock_conflict");

fn main() {
    let _ = &MIGRATIONS;
}
