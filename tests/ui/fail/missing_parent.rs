static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/missing_parent");

fn main() {
    let _ = &MIGRATIONS;
}
