static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_lock");

fn main() {
    let _ = &MIGRATIONS;
}
