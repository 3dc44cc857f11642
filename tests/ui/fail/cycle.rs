static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/cycle");

fn main() {
    let _ = &MIGRATIONS;
}
