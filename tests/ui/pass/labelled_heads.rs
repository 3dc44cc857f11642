static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/labelled_heads");

fn main() {
    let _ = &MIGRATIONS;
}
