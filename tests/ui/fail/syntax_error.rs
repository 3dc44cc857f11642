static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/syntax_error");

fn main() {
    let _ = &MIGRATIONS;
}
