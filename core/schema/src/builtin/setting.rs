//! Settings of the server.

use super::Objects;
use super::table::{Entry, Kind};

/// A setting, also called a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its name, in lower case.
    pub name: &'static str,
    /// What it can be set to.
    pub value: SettingType,
    /// Who may set it, and when.
    pub context: SettingContext,
    /// The unit of a number that is given without one: `ms`, `8kB`.
    pub unit: Option<&'static str>,
}

/// What a setting can be set to.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingType {
    /// `on` or `off`, or another word for them.
    Bool,
    /// A whole number in a range, both ends included.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number in a range, both ends included.
    Real {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// A text, which the server may check further.
    String,
    /// One of these words, in any case. Of a setting that cannot be set in a session, only the
    /// words that the server lists, which may take others for the same.
    Enum(Vec<&'static str>),
}

/// Who may set a setting, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingContext {
    /// Nobody.
    Internal,
    /// The server's configuration, when it starts.
    Postmaster,
    /// The server's configuration, at any time.
    Sighup,
    /// The start of a connection, by those who have the right.
    SuperuserBackend,
    /// The start of a connection.
    Backend,
    /// SET, by those who have the right.
    Superuser,
    /// SET, by anybody.
    User,
}

impl SettingContext {
    /// Whether SET can change it.
    pub fn in_session(self) -> bool {
        matches!(self, Self::Superuser | Self::User)
    }
}

impl Setting {
    fn parse(mut entry: Entry) -> Option<Self> {
        let (value, context, unit) = (entry.field(), entry.field(), entry.said());
        let (min, max, words) = (entry.field(), entry.field(), entry.field());
        Some(Self {
            name: entry.key,
            value: match value {
                "bool" => SettingType::Bool,
                "integer" => {
                    SettingType::Integer { min: min.parse().ok()?, max: max.parse().ok()? }
                }
                "real" => SettingType::Real { min: min.parse().ok()?, max: max.parse().ok()? },
                "string" => SettingType::String,
                "enum" => SettingType::Enum(words.split(',').collect()),
                _ => return None,
            },
            context: match context {
                "internal" => SettingContext::Internal,
                "postmaster" => SettingContext::Postmaster,
                "sighup" => SettingContext::Sighup,
                "superuser-backend" => SettingContext::SuperuserBackend,
                "backend" => SettingContext::Backend,
                "superuser" => SettingContext::Superuser,
                "user" => SettingContext::User,
                _ => return None,
            },
            unit,
        })
    }
}

impl Objects {
    pub(super) fn setting(&self, name: &str) -> Option<Setting> {
        self.table().entries(Kind::Setting, name).find_map(Setting::parse)
    }

    /// All settings, by name.
    pub fn settings(&self) -> impl Iterator<Item = Setting> + use<> {
        self.table().all(Kind::Setting).filter_map(Setting::parse)
    }
}
