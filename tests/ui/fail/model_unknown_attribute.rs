#[derive(pgmigrate::Table)]
#[table(nmae = "users")]
struct User {
    id: i64,
}

#[derive(pgmigrate::Table)]
struct Team {
    #[column(primary_key, uniqe)]
    id: i64,
}

#[derive(pgmigrate::Enum)]
enum Mood {
    #[label(nmae = "ok")]
    Ok,
}

fn main() {}
