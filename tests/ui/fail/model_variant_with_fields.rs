#[derive(pgmigrate::Enum)]
enum Mood {
    Ok,
    Other(String),
}

#[derive(pgmigrate::Enum)]
struct Label;

fn main() {}
