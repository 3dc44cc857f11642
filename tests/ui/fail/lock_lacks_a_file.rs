static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/lock_lacks_a_file");

fn main() {
    let _ = &MIGRATIONS;
}
