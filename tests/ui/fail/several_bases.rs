static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/several_bases");

fn main() {
    let _ = &MIGRATIONS;
}
