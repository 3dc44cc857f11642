static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sealed_deleted");

fn main() {
    let _ = &MIGRATIONS;
}
