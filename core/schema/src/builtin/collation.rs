//! Collations: the few that every machine has, and how to know the others.

use super::Objects;
use super::table::Kind;

/// A collation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collation {
    /// Whether strings are equal only when their bytes are.
    pub deterministic: bool,
}

impl Objects {
    /// A collation that every machine has. For others, see
    /// [`Builtin::collation_may_exist`](super::Builtin::collation_may_exist).
    pub fn collation(&self, name: &str) -> Option<Collation> {
        let entry = self.table().entries(Kind::Collation, name).next();
        entry.map(|mut entry| Collation { deterministic: entry.field() == "d" })
    }
}

/// Whether the name has the form of the operating system's locales, `de_DE.utf8@euro`, or of
/// ICU's, `de-x-icu`.
pub(super) fn is_platform_collation(name: &str) -> bool {
    if let Some(tag) = name.strip_suffix("-x-icu") {
        return !tag.is_empty()
            && tag.split('-').all(|part| !part.is_empty() && alphanumeric(part));
    }
    let (name, modifier) = name.split_once('@').unwrap_or((name, "none"));
    let (name, encoding) = name.split_once('.').unwrap_or((name, "none"));
    // Some systems have locales with a language's name alone, such as `french`.
    let (language, territory) = name.split_once(['_', '-']).unwrap_or((name, "NN"));
    let within = |text: &str, least, most| (least..=most).contains(&text.len());
    within(language, 1, 16)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && within(territory, 2, 3)
        && territory.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && !encoding.is_empty()
        && encoding.split('-').all(alphanumeric)
        && !modifier.is_empty()
        && alphanumeric(modifier)
}

fn alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_names() {
        for (name, expected) in [
            ("en_US.utf8", true),
            ("en_US.UTF-8", true),
            ("en_US", true),
            ("C.utf8", true),
            ("de_DE.iso885915@euro", true),
            ("ca_ES@valencia", true),
            ("es_419", true),
            ("french", true),
            ("de-x-icu", true),
            ("sr-Latn-RS-x-icu", true),
            ("-x-icu", false),
            ("de--AT-x-icu", false),
            ("", false),
            ("en_", false),
            ("en_US.", false),
            ("en_US@", false),
            ("case_insensitive", false),
            ("my collation", false),
            ("natural_sort", false),
            ("en-US", true),
        ] {
            assert_eq!(is_platform_collation(name), expected, "{name}");
        }
    }
}
