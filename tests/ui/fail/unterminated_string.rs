static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/unterminated_string");

fn main() {
    let _ = &MIGRATIONS;
}
