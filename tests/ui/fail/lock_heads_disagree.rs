static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!("ui/lock_heads_disagree");

fn main() {
    let _ = &MIGRATIONS;
}
