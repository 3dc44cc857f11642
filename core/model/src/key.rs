//! Keys, indexes and constraints, as attributes say them.

use crate::attribute::Argument;

/// `index(…)` or `unique(…)`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the attribute")]
pub struct Index {
    /// Its name; none for the one that the server gives.
    pub name: Option<String>,
    /// Whether it is unique.
    pub unique: bool,
    /// The access method; none for `btree`.
    pub method: Option<String>,
    /// Columns and expressions.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE`: fields.
    pub include: Vec<String>,
    /// `WHERE`.
    pub predicate: Option<String>,
    /// `WITH`: `fillfactor = 70`.
    pub with: Option<String>,
    /// `TABLESPACE`.
    pub tablespace: Option<String>,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// `DEFERRABLE`, of a constraint.
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    pub deferred: bool,
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKey {
    /// The field, or the expression.
    pub text: String,
    /// Whether it is an expression.
    pub expression: bool,
    /// Operator class, `DESC`, `NULLS FIRST`, as SQL.
    pub suffix: String,
}

/// `references = "…"` or `foreign_key(…)`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignKey {
    /// Its name; none for the one that the server gives.
    pub name: Option<String>,
    /// The fields.
    pub columns: Vec<String>,
    /// `teams(id)`, as SQL.
    pub references: String,
    /// `MATCH FULL`.
    pub match_full: bool,
    /// `ON DELETE`: `cascade`, `set null`, …
    pub on_delete: Option<String>,
    /// `ON UPDATE`.
    pub on_update: Option<String>,
    /// `DEFERRABLE`.
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    pub deferred: bool,
}

const OF_INDEX: [&str; 10] = [
    "name",
    "method",
    "where",
    "include",
    "with",
    "tablespace",
    "unique",
    "nulls_not_distinct",
    "deferrable",
    "initially_deferred",
];

impl Index {
    /// Reads what stands in the parentheses of `index(…)` or `unique(…)`.
    pub(crate) fn read(arguments: &[Argument], unique: bool) -> syn::Result<Self> {
        let mut index = Self { unique, ..Self::default() };
        for argument in arguments {
            let set = argument.value.is_some() && !argument.word.is_empty();
            match argument.word.as_str() {
                "name" if set => index.name = Some(argument.text()?),
                "method" if set => index.method = Some(argument.text()?),
                "where" if set => index.predicate = Some(argument.text()?),
                "with" if set => index.with = Some(argument.text()?),
                "tablespace" if set => index.tablespace = Some(argument.text()?),
                "include" if argument.arguments.is_some() => {
                    index.include = words(argument.list()?)?;
                }
                "unique" if argument.suffix.is_empty() => index.unique = true,
                "nulls_not_distinct" => index.nulls_not_distinct = true,
                "deferrable" => index.deferrable = true,
                "initially_deferred" => (index.deferrable, index.deferred) = (true, true),
                _ if set || argument.arguments.is_some() => {
                    return Err(argument.unknown(&OF_INDEX));
                }
                _ => index.keys.push(IndexKey::read(argument)),
            }
        }
        Ok(index)
    }
}

impl IndexKey {
    fn read(argument: &Argument) -> Self {
        let suffix = argument.suffix.iter().map(|word| match word.as_str() {
            "asc" | "desc" | "nulls" | "first" | "last" => word.to_uppercase(),
            class => class.to_owned(),
        });
        let suffix: Vec<String> = suffix.collect();
        let (text, expression) = match &argument.value {
            Some(value) => (value.clone(), true),
            None => (argument.word.clone(), false),
        };
        Self { text, expression, suffix: suffix.join(" ") }
    }
}

const OF_FOREIGN_KEY: [&str; 8] = [
    "columns",
    "references",
    "name",
    "match_full",
    "on_delete",
    "on_update",
    "deferrable",
    "initially_deferred",
];

impl ForeignKey {
    /// Takes an argument that is about a foreign key; whether it is.
    pub(crate) fn take(&mut self, argument: &Argument) -> syn::Result<bool> {
        match argument.word.as_str() {
            "references" => self.references = argument.text()?,
            "on_delete" => self.on_delete = Some(action(argument)?),
            "on_update" => self.on_update = Some(action(argument)?),
            "match_full" => self.match_full = true,
            "deferrable" => self.deferrable = true,
            "initially_deferred" => (self.deferrable, self.deferred) = (true, true),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads what stands in the parentheses of `foreign_key(…)`.
    pub(crate) fn read(argument: &Argument) -> syn::Result<Self> {
        let mut key = Self::default();
        for inner in argument.list()? {
            match inner.word.as_str() {
                "columns" => key.columns = words(inner.list()?)?,
                "name" => key.name = Some(inner.text()?),
                _ if key.take(inner)? => {}
                _ => return Err(inner.unknown(&OF_FOREIGN_KEY)),
            }
        }
        if key.columns.is_empty() || key.references.is_empty() {
            return Err(argument.error(
                "say which columns point where: `foreign_key(columns(a, b), references = \"t(a, b)\")`",
            ));
        }
        Ok(key)
    }
}

fn action(argument: &Argument) -> syn::Result<String> {
    let text = argument.text()?.to_uppercase().replace('_', " ");
    let known = ["CASCADE", "RESTRICT", "NO ACTION", "SET NULL", "SET DEFAULT"];
    if known.iter().any(|action| text == *action || text.starts_with(&format!("{action} ("))) {
        Ok(text)
    } else {
        Err(argument.error(format!("`{text}` is no action; there are {}", known.join(", "))))
    }
}

/// Names of fields.
pub(crate) fn words(arguments: &[Argument]) -> syn::Result<Vec<String>> {
    arguments.iter().map(|argument| argument.alone().map(|()| argument.word.clone())).collect()
}
