static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/self_parent");

fn main() {
    let _ = &MIGRATIONS;
}
