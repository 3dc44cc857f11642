static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/draft_edited");

fn main() {
    let _ = &MIGRATIONS;
}
