static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/unterminated_string");

fn main() {
    let _ = &MIGRATIONS;
}
