static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/sealed_reparented");

fn main() {
    let _ = &MIGRATIONS;
}
