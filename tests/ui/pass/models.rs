//! Models beside other derives, in modules and files; the finder's tests read them, too.

#[path = "models/mood.rs"]
mod mood;

use serde::{Deserialize, Serialize};

/// `cfg_attr`, a rename, and attributes of another derive.
mod team {
    use pgmigrate::Table as Model;

    #[cfg_attr(all(), derive(Clone, Debug, serde::Serialize, Model), table(name = "teams"))]
    pub struct Team<'a> {
        #[cfg_attr(all(), column(primary_key))]
        pub id: i64,
        #[serde(rename = "title")]
        pub name: &'a str,
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, pgmigrate::Table)]
#[serde(rename_all = "camelCase")]
#[table(name = "users", unique(email), index(created_at desc, where = "role IS NOT NULL"))]
pub struct User {
    #[column(primary_key, identity)]
    #[serde(default)]
    id: i64,
    email: String,
    #[column(type = "varchar(50)", default = "'guest'")]
    role: Option<String>,
    #[serde(rename = "team")]
    #[column(references = "teams(id)", on_delete = "cascade", was = "group_id")]
    team_id: i64,
    #[column(type = "timestamptz", default = "now()")]
    created_at: std::time::SystemTime,
    mood: Option<mood::Mood>,
    #[column(skip)]
    r#type: [u8; 4],
}

fn main() {
    let team = team::Team { id: 1, name: "x" };
    let mood = mood::Mood::VeryHappy;
    let _ = (team.clone(), mood);
}
