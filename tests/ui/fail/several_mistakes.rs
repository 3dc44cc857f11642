static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/several_mistakes");

fn main() {
    let _ = &MIGRATIONS;
}
