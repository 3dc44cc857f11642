static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_revision_id");

fn main() {
    let _ = &MIGRATIONS;
}
