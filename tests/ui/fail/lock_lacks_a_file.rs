static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/lock_lacks_a_file");

fn main() {
    let _ = &MIGRATIONS;
}
