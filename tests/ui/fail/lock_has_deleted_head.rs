static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/lock_has_deleted_head");

fn main() {
    let _ = &MIGRATIONS;
}
