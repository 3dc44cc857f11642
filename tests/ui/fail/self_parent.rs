static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/self_parent");

fn main() {
    let _ = &MIGRATIONS;
}
