use pgmigrate::Enum;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[enumeration(rename_all = "snake_case")]
pub enum Mood {
    VeryHappy,
    #[serde(rename = "so-so")]
    #[label("so-so")]
    Fair,
}
