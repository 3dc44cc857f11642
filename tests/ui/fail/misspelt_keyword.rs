static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/misspelt_keyword");

fn main() {
    let _ = &MIGRATIONS;
}
