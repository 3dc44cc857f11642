static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/warnings");

fn main() {
    let _ = &MIGRATIONS;
}
