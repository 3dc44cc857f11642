static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sealed_down_edited");

fn main() {
    let _ = &MIGRATIONS;
}
