#[derive(pgmigrate::Table)]
struct User(i64, String);

#[derive(pgmigrate::Table)]
enum Users {
    User,
}

fn main() {}
