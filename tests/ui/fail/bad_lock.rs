static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_lock");

fn main() {
    let _ = &MIGRATIONS;
}
