static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sealed_edited");

fn main() {
    let _ = &MIGRATIONS;
}
