static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unbalanced_dollar_quote");

fn main() {
    let _ = &MIGRATIONS;
}
