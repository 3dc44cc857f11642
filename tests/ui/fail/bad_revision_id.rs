static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_revision_id");

fn main() {
    let _ = &MIGRATIONS;
}
