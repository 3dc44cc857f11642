static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/labelled_heads");

fn main() {
    let _ = &MIGRATIONS;
}
