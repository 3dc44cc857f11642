static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/nowhere");

fn main() {
    let _ = &MIGRATIONS;
}
