static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/name_mismatch");

fn main() {
    let _ = &MIGRATIONS;
}
