static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sealed_reformatted");

fn main() {
    let _ = &MIGRATIONS;
}
