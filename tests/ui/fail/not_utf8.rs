static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/not_utf8");

fn main() {
    let _ = &MIGRATIONS;
}
