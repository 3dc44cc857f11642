//! JSON as a value, and as a text of it. Nothing is read here, and so a dependency is not worth it.

use std::fmt;

/// A value. The keys of an object keep their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    /// An array of what the items are.
    pub(super) fn array<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }

    /// What is appended to an object; on anything else it does nothing.
    #[must_use]
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Self>) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.push((key, value.into()));
        }
        self
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(it) => write!(f, "{it}"),
            Self::Number(it) => write!(f, "{it}"),
            Self::String(it) => write_string(f, it),
            Self::Array(items) => {
                write_list(f, depth, ('[', ']'), items, |f, item| item.write(f, depth + 1))
            }
            Self::Object(fields) => write_list(f, depth, ('{', '}'), fields, |f, (key, value)| {
                write_string(f, key)?;
                f.write_str(": ")?;
                value.write(f, depth + 1)
            }),
        }
    }
}

/// As text, indented by two spaces.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

fn write_list<T>(
    f: &mut fmt::Formatter<'_>,
    depth: usize,
    (open, close): (char, char),
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (index, item) in items.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(f, "{comma}\n{:width$}", "", width = 2 * (depth + 1))?;
        write(f, item)?;
    }
    if !items.is_empty() {
        write!(f, "\n{:width$}", "", width = 2 * depth)?;
    }
    write!(f, "{close}")
}

/// A string, escaped as RFC 8259 asks for.
fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

impl From<bool> for Json {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<i64> for Json {
    fn from(it: i64) -> Self {
        Self::Number(it)
    }
}

impl From<i32> for Json {
    fn from(it: i32) -> Self {
        Self::Number(it.into())
    }
}

impl From<&str> for Json {
    fn from(it: &str) -> Self {
        Self::String(it.to_owned())
    }
}

impl From<String> for Json {
    fn from(it: String) -> Self {
        Self::String(it)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(it: Vec<T>) -> Self {
        Self::array(it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_the_format() {
        let empty = Json::Object(Vec::new());
        let value = empty
            .clone()
            .with("a", vec![1_i64, -2])
            .with("b", Json::Array(Vec::new()))
            .with("c", empty)
            .with("d", "\"\\\n\u{1}ä")
            .with("e", None::<bool>);
        let text = "{\n  \"a\": [\n    1,\n    -2\n  ],\n  \"b\": [],\n  \"c\": {},\n  \
                    \"d\": \"\\\"\\\\\\n\\u0001ä\",\n  \"e\": null\n}";
        assert_eq!(value.to_string(), text);
    }
}
