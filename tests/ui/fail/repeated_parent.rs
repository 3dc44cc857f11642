static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/repeated_parent");

fn main() {
    let _ = &MIGRATIONS;
}
