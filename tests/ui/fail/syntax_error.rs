static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/syntax_error");

fn main() {
    let _ = &MIGRATIONS;
}
