static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/several_bases");

fn main() {
    let _ = &MIGRATIONS;
}
