static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_merge");

fn main() {
    let _ = &MIGRATIONS;
}
