static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/bad_label");

fn main() {
    let _ = &MIGRATIONS;
}
