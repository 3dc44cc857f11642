static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/several_heads");

fn main() {
    let _ = &MIGRATIONS;
}
