#[derive(pgmigrate::Table)]
struct User {
    id: i64,
    #[column(on_delete = "cascade")]
    team_id: i64,
}

fn main() {}
