static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/misspelt_keyword");

fn main() {
    let _ = &MIGRATIONS;
}
