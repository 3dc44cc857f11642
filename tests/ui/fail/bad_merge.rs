static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_merge");

fn main() {
    let _ = &MIGRATIONS;
}
