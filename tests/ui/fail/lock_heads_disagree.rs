static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("chains/lock_heads_disagree");

fn main() {
    let _ = &MIGRATIONS;
}
