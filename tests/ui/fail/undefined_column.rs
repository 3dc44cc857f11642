static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/undefined_column");

fn main() {
    let _ = &MIGRATIONS;
}
