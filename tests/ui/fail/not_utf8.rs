static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/not_utf8");

fn main() {
    let _ = &MIGRATIONS;
}
