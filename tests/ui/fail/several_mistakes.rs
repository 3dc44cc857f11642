static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/several_mistakes");

fn main() {
    let _ = &MIGRATIONS;
}
