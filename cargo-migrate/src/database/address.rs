//! The address of the database: where it is written, and how it is shown.

use std::fmt;
use std::path::Path;

use postgres::Config;
use postgres::config::SslMode;

use crate::cli::Global;
use crate::dotenv;
use crate::error::{CommandError, Kind};

/// The variables that may hold an address, the stronger first.
const VARIABLES: [&str; 2] = ["MIGRATE_DATABASE_URL", "DATABASE_URL"];

/// An address, and where it was found. Displayed, it has no password.
#[derive(Debug)]
pub(crate) struct Address {
    text: String,
    origin: String,
}

impl Address {
    /// Finds the address: on the command line, in the environment, or in a `.env` in the
    /// package's directory or above it.
    pub(crate) fn find(global: &Global, start: &Path) -> Result<Self, CommandError> {
        if let Some(url) = &global.database_url {
            return Ok(Self { text: url.clone(), origin: "--database-url".to_owned() });
        }
        for variable in VARIABLES {
            if let Some(text) = std::env::var(variable).ok().filter(|text| !text.is_empty()) {
                return Ok(Self { text, origin: variable.to_owned() });
            }
        }
        if let Some((text, key, file)) = dotenv::find(start, &VARIABLES) {
            return Ok(Self { text, origin: format!("{key} in {}", file.display()) });
        }
        Err(CommandError::new(Kind::Usage, "it is not known which database is meant")
            .hint("set DATABASE_URL, in the environment or in .env, or add --database-url URL")
            .hint("to try it on a throw-away server: `cargo migrate scratch -- COMMAND`"))
    }

    /// Where the address was found.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address, read.
    pub(crate) fn config(&self) -> Result<Config, CommandError> {
        let bad = |why: &str| {
            CommandError::new(Kind::Usage, format!("the address in {} {why}", self.origin)).hint(
                "it looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE; in the password, \
                 characters such as @ : / are written as %40 %3A %2F",
            )
        };
        let is_url = ["postgresql://", "postgres://"].iter().any(|it| self.text.starts_with(it));
        if let (false, Some((scheme, _))) = (is_url, self.text.split_once("://")) {
            return Err(bad(&format!("begins with `{scheme}://`, which is not PostgreSQL")));
        }
        let config: Config = self.text.parse().map_err(|error: postgres::Error| {
            // Of a text that is no URL, the driver's message may repeat any part.
            let reason = std::error::Error::source(&error).filter(|_| is_url);
            match reason {
                Some(reason) => bad(&format!("cannot be read: {reason}")),
                None => bad("is neither a URL nor a list such as `host=localhost dbname=app`"),
            }
        })?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(CommandError::new(
                Kind::Usage,
                format!("the address in {} asks for TLS, which this version lacks", self.origin),
            )
            .hint("connect through a tunnel, or from within the network, with sslmode=prefer"));
        }
        Ok(config)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.text))
    }
}

/// An address without its password; the user stays.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return pairs_without(text) };
    let (authority, tail) = match rest.find(['/', '?']) {
        // A password with such a character in it is wrong, and still no business of a log.
        Some(_) if rest.contains('@') => {
            let at = rest.rfind('@').unwrap_or_default();
            let end = rest[at..].find(['/', '?']).map_or(rest.len(), |end| at + end);
            rest.split_at(end)
        }
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let authority = match authority.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{user}@{host}")
        }
        None => authority.to_owned(),
    };
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let query: Vec<&str> =
        query.split('&').filter(|it| !it.is_empty() && !it.starts_with("password=")).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{scheme}://{authority}{path}{mark}{}", query.join("&"))
}

/// `host=… password=…` without the password, and without what cannot be told from one.
fn pairs_without(text: &str) -> String {
    match text.to_ascii_lowercase().find("password") {
        Some(at) => text[..at].trim_end().to_owned() + " …",
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (text, expected) in [
            ("postgresql://app:secret@db:5432/app", "postgresql://app@db:5432/app"),
            ("postgres://app:se:cr@et@db/app?a=b", "postgres://app@db/app?a=b"),
            ("postgres://app:se/cr?et@db/app", "postgres://app@db/app"),
            ("postgres://db/app?user=u&password=secret&x=y", "postgres://db/app?user=u&x=y"),
            ("postgres:///app?host=/tmp/a", "postgres:///app?host=/tmp/a"),
            ("postgres://app@/a?host=%2Ftmp", "postgres://app@/a?host=%2Ftmp"),
            ("host=db password='sec ret' dbname=a", "host=db …"),
            ("host=db dbname=a", "host=db dbname=a"),
        ] {
            let shown = without_password(text);
            assert_eq!(shown, expected);
            assert!(!shown.contains("ret"), "{shown}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        for (text, words) in [
            ("mysql://app:secret@db/app?x=y", "`mysql://`, which is not PostgreSQL"),
            ("postgres://app:secret@db/app?nope=y", "unknown option `nope`"),
            ("postgres://app:secret@db:port/app", "invalid value for option `port`"),
            ("app secret=secret", "neither a URL nor a list"),
            ("postgres://app:secret@db/app?sslmode=require", "asks for TLS"),
        ] {
            let address = Address { text: text.to_owned(), origin: "DATABASE_URL".to_owned() };
            let error = address.config().unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
