static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/duplicate_revision");

fn main() {
    let _ = &MIGRATIONS;
}
