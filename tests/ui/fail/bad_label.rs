static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/bad_label");

fn main() {
    let _ = &MIGRATIONS;
}
