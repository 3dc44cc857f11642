//! The checksum of a section: over what the server sees of it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::sql::{Kind, Token};

/// How many hexadecimal digits of the SHA-256 are kept.
const DIGITS: usize = 32;

/// The checksum of a section's tokens and of the mode it is run in.
///
/// White space, comments and semicolons that end nothing do not count, and a line end is one
/// whether it is LF or CRLF, also inside of a literal or a function body: git may change it.
pub(crate) fn of(text: &str, tokens: &[Token], transaction: bool) -> String {
    let mut hash = Sha256::new();
    hash.update(if transaction { "transaction" } else { "alone" });
    let mut after_semicolon = true;
    for token in tokens.iter().filter(|token| !token.is_trivia()) {
        let semicolon = token.kind == Kind::Semicolon;
        if !semicolon {
            if after_semicolon {
                hash.update([1]);
            }
            hash.update([0]);
            let sql = &text[token.range.clone()];
            if sql.contains('\r') {
                hash.update(sql.replace("\r\n", "\n"));
            } else {
                hash.update(sql);
            }
        }
        after_semicolon = semicolon;
    }
    hex(&hash.finalize())
}

/// A reason has been given instead of a down section.
pub(crate) fn of_reason(reason: &str) -> String {
    hex(&Sha256::digest(format!("irreversible {reason}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(DIGITS / 2).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use crate::sql::tokens;

    fn of(text: &str) -> String {
        super::of(text, &tokens(text), true)
    }

    #[test]
    fn only_what_the_server_sees_counts() {
        let original = of("CREATE TABLE t (a int);\nINSERT INTO t VALUES ('x\ny');");
        for same in [
            "CREATE TABLE t(a int) ;;\r\n\r\nINSERT INTO t VALUES ( 'x\r\ny')",
            "-- new\nCREATE /* odd */ TABLE t (a int); INSERT INTO t VALUES ('x\ny');\n",
        ] {
            assert_eq!(of(same), original, "{same}");
        }
        for other in [
            "CREATE TABLE t (a int) INSERT INTO t VALUES ('x\ny');",
            "CREATE TABLE t (a bigint); INSERT INTO t VALUES ('x\ny');",
            "CREATE TABLE t (a int); INSERT INTO t VALUES ('x y');",
            "CREATE TABLE T (a int); INSERT INTO t VALUES ('x\ny');",
        ] {
            assert_ne!(of(other), original, "{other}");
        }
        assert_eq!(original.len(), super::DIGITS);
        let alone = super::of("SELECT 1", &tokens("SELECT 1"), false);
        assert_ne!(alone, of("SELECT 1"));
    }
}
