static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/draft_edited");

fn main() {
    let _ = &MIGRATIONS;
}
