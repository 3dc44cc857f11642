static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/missing_parent");

fn main() {
    let _ = &MIGRATIONS;
}
