static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/repeated_parent");

fn main() {
    let _ = &MIGRATIONS;
}
