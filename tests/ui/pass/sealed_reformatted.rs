static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sealed_reformatted");

fn main() {
    let _ = &MIGRATIONS;
}
