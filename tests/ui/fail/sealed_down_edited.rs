static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sealed_down_edited");

fn main() {
    let _ = &MIGRATIONS;
}
