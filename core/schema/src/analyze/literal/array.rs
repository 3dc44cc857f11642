//! The elements of an array's literal, `{a,"b c",NULL}`.
//!
//! Source: PostgreSQL manual, "Array Value Input".

/// What stands in an array's literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Elements {
    /// The elements that are not null, of all dimensions.
    Read(Vec<String>),
    /// It has the form of one at its start, and was read no further.
    Unread,
}

/// The elements of a literal that are not null; none where not all of them can be read.
pub(crate) fn all_elements(text: &str) -> Option<Vec<String>> {
    match elements(text) {
        Some(Elements::Read(elements)) => Some(elements),
        _ => None,
    }
}

/// The elements of a literal; none where it does not even begin like one.
pub(super) fn elements(text: &str) -> Option<Elements> {
    let text = text.trim();
    if text.starts_with('[') {
        return Some(Elements::Unread);
    }
    if !text.starts_with('{') {
        return None;
    }
    let mut found = Vec::new();
    let mut item = Item::default();
    let mut depth = 0_usize;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                item.quoted = true;
                loop {
                    match chars.next() {
                        Some('"') => break,
                        Some('\\') => item.text.extend(chars.next()),
                        Some(c) => item.text.push(c),
                        None => return Some(Elements::Unread),
                    }
                }
            }
            '\\' => {
                item.quoted = true;
                item.text.extend(chars.next());
            }
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                found.extend(item.take());
                if depth == 0 && !chars.as_str().is_empty() {
                    return Some(Elements::Unread);
                }
            }
            ',' => found.extend(item.take()),
            c => item.text.push(c),
        }
    }
    Some(if depth == 0 { Elements::Read(found) } else { Elements::Unread })
}

#[derive(Default)]
struct Item {
    text: String,
    quoted: bool,
}

impl Item {
    /// The element that ends here, unless it is null or there is none.
    fn take(&mut self) -> Option<String> {
        let Self { text, quoted } = std::mem::take(self);
        if quoted {
            // White space around the quotes does not count; within them it does, and which is
            // which is not kept.
            return Some(text);
        }
        let text = text.trim();
        (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then(|| text.to_owned())
    }
}
