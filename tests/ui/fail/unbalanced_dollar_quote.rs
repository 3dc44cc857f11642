static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unbalanced_dollar_quote");

fn main() {
    let _ = &MIGRATIONS;
}
