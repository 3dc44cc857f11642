static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!(migrations);

fn main() {
    let _ = &MIGRATIONS;
}
