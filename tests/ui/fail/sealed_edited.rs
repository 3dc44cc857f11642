static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sealed_edited");

fn main() {
    let _ = &MIGRATIONS;
}
