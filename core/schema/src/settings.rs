//! What a project may choose.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::{Code, Severity};

/// The settings that decide what is checked, and how findings count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The oldest server that the chain must work on.
    pub postgres: PostgresVersion,
    /// How the findings of a check count, where it is not the default.
    pub lints: BTreeMap<Code, Level>,
}

/// A major version of PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PostgresVersion(u8);

/// How the findings of a check count, in the words of cargo's `[lints]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// They are not reported.
    Allow,
    /// The build goes on.
    Warn,
    /// The build fails.
    Deny,
}

impl PostgresVersion {
    /// The oldest and the newest version that are known.
    pub const KNOWN: std::ops::RangeInclusive<u8> = 15..=18;

    /// A version that is known.
    pub fn new(major: u8) -> Option<Self> {
        Self::KNOWN.contains(&major).then_some(Self(major))
    }

    /// The number.
    pub fn major(self) -> u8 {
        self.0
    }
}

impl Default for PostgresVersion {
    fn default() -> Self {
        Self(*Self::KNOWN.start())
    }
}

impl fmt::Display for PostgresVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "allow" => Ok(Self::Allow),
            "warn" => Ok(Self::Warn),
            "deny" => Ok(Self::Deny),
            _ => Err(()),
        }
    }
}

impl Settings {
    /// How a finding of a check counts; none when it is not to be reported.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        match self.lints.get(&code).filter(|_| code.is_lint()) {
            None => Some(code.severity()),
            Some(Level::Allow) => None,
            Some(Level::Warn) => Some(Severity::Warning),
            Some(Level::Deny) => Some(Severity::Error),
        }
    }
}
