static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/way_back");

fn main() {
    let _ = &MIGRATIONS;
}
