static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/lock_has_deleted_head");

fn main() {
    let _ = &MIGRATIONS;
}
