static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/several_heads");

fn main() {
    let _ = &MIGRATIONS;
}
