static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sealed_deleted");

fn main() {
    let _ = &MIGRATIONS;
}
