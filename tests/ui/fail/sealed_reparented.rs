static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/sealed_reparented");

fn main() {
    let _ = &MIGRATIONS;
}
