static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unsupported_revision");

fn main() {
    let _ = &MIGRATIONS;
}
