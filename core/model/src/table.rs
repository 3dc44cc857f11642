//! Structs as tables: `#[derive(pgmigrate::Table)]`.

use syn::{Data, DeriveInput, Field};

use crate::attribute::{Argument, arguments};
use crate::enumeration::snake_case;
use crate::key::{ForeignKey, Index, IndexKey, words};
use crate::{Place, rust_type};

/// A struct, and the table that it stands for.
#[derive(Debug, Clone)]
pub struct TableModel {
    /// The name in Rust.
    pub ident: String,
    /// The schema; none for the default one.
    pub schema: Option<String>,
    /// The name of the table.
    pub name: String,
    /// The name that it had, in a rename.
    pub was: Option<String>,
    /// The columns, in the order of the fields.
    pub columns: Vec<ColumnModel>,
    /// The columns of the primary key, by their fields.
    pub primary_key: Vec<String>,
    /// Unique constraints.
    pub uniques: Vec<Index>,
    /// Indexes.
    pub indexes: Vec<Index>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Checks: their names, where they have any, and conditions.
    pub checks: Vec<(Option<String>, String)>,
    /// Exclusion constraints: their names, and what stands behind `EXCLUDE`.
    pub exclusions: Vec<(Option<String>, String)>,
    /// What stands behind `PARTITION BY`.
    pub partition_by: Option<String>,
    /// What stands behind `WITH`.
    pub with: Option<String>,
    /// Whether it is unlogged.
    pub unlogged: bool,
    /// The comment on it.
    pub comment: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A field, and the column that it stands for.
#[derive(Debug, Clone)]
pub struct ColumnModel {
    /// The name of the field.
    pub field: String,
    /// The name of the column.
    pub name: String,
    /// The name that it had, in a rename.
    pub was: Option<String>,
    /// Its type.
    pub ty: ColumnType,
    /// Whether null is refused.
    pub not_null: bool,
    /// Where its value comes from, where a row does not say.
    pub default: Default,
    /// `COLLATE`.
    pub collation: Option<String>,
    /// `STORAGE`.
    pub storage: Option<String>,
    /// `COMPRESSION`.
    pub compression: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// The type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// SQL.
    Sql(String),
    /// The type of a model: the name of an enum of Rust, and whether it is an array of that.
    Model(String, bool),
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default)]
pub enum Default {
    /// From nowhere.
    #[default]
    None,
    /// `DEFAULT`.
    Expression(String),
    /// `GENERATED … AS IDENTITY`.
    Identity {
        /// `ALWAYS`; otherwise `BY DEFAULT`.
        always: bool,
    },
    /// `GENERATED ALWAYS AS (…) STORED`.
    Generated(String),
}

const OF_TABLE: [&str; 13] = [
    "name",
    "schema",
    "was",
    "primary_key",
    "unique",
    "index",
    "foreign_key",
    "check",
    "exclude",
    "partition_by",
    "with",
    "unlogged",
    "comment",
];

impl TableModel {
    /// Reads a struct.
    pub fn read(input: &DeriveInput) -> syn::Result<Self> {
        let Data::Struct(data) = &input.data else {
            return Err(syn::Error::new(input.ident.span(), "only a struct is a table"));
        };
        let ident = input.ident.to_string();
        let mut model = Self {
            schema: None,
            name: snake_case(&ident),
            was: None,
            columns: Vec::new(),
            primary_key: Vec::new(),
            uniques: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            partition_by: None,
            with: None,
            unlogged: false,
            comment: None,
            place: Place::of(input.ident.span()),
            ident,
        };
        for argument in arguments(&input.attrs, "table")? {
            model.take(&argument)?;
        }
        for field in &data.fields {
            model.field(field)?;
        }
        Ok(model)
    }

    fn take(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.word.as_str() {
            "name" => self.name = argument.text()?,
            "schema" => self.schema = Some(argument.text()?),
            "was" => self.was = Some(argument.text()?),
            "primary_key" => self.primary_key = words(argument.list()?)?,
            "unique" => self.uniques.push(Index::read(argument.list()?, true)?),
            "index" => self.indexes.push(Index::read(argument.list()?, false)?),
            "foreign_key" => self.foreign_keys.push(ForeignKey::read(argument)?),
            "check" => self.checks.push(named(argument)?),
            "exclude" => self.exclusions.push(named(argument)?),
            "partition_by" => self.partition_by = Some(argument.text()?),
            "with" => self.with = Some(argument.text()?),
            "unlogged" => self.unlogged = true,
            "comment" => self.comment = Some(argument.text()?),
            _ => return Err(argument.unknown(&OF_TABLE)),
        }
        Ok(())
    }

    fn field(&mut self, field: &Field) -> syn::Result<()> {
        let Some(ident) = &field.ident else {
            return Err(syn::Error::new_spanned(field, "the fields of a table have names"));
        };
        let arguments = arguments(&field.attrs, "column")?;
        if arguments.iter().any(|argument| argument.word == "skip") {
            return Ok(());
        }
        let ident_text = syn::ext::IdentExt::unraw(ident).to_string();
        let ty = rust_type::of(&field.ty);
        let mut column = ColumnModel {
            name: ident_text.clone(),
            field: ident_text,
            was: None,
            ty: match &ty.sql {
                Some(sql) => ColumnType::Sql(format!("{sql}{}", if ty.array { "[]" } else { "" })),
                None => ColumnType::Model(ty.name.clone(), ty.array),
            },
            not_null: !ty.nullable,
            default: Default::None,
            collation: None,
            storage: None,
            compression: None,
            comment: None,
            place: Place::of(ident.span()),
        };
        let (mut reference, mut of_reference) = (ForeignKey::default(), None);
        for argument in &arguments {
            if reference.take(argument)? {
                of_reference = of_reference.or(Some(argument));
            } else {
                self.of_column(&mut column, argument)?;
            }
        }
        if !reference.references.is_empty() {
            self.foreign_keys.push(ForeignKey { columns: vec![column.field.clone()], ..reference });
        } else if let Some(argument) = of_reference {
            return Err(argument.error("say where it points: `references = \"table(column)\"`"));
        }
        self.columns.push(column);
        Ok(())
    }

    fn of_column(&mut self, column: &mut ColumnModel, argument: &Argument) -> syn::Result<()> {
        let field = column.field.clone();
        match argument.word.as_str() {
            "name" => column.name = argument.text()?,
            "was" => column.was = Some(argument.text()?),
            "type" => column.ty = ColumnType::Sql(argument.text()?),
            "null" => column.not_null = false,
            "not_null" => column.not_null = true,
            "primary_key" => self.primary_key.push(field),
            "default" => column.default = Default::Expression(argument.text()?),
            "generated" => column.default = Default::Generated(argument.text()?),
            "identity" => {
                let always = match &argument.value {
                    None => false,
                    Some(value) => match value.as_str() {
                        "always" => true,
                        "by default" => false,
                        _ => {
                            let message = "write `identity`, or `identity = \"always\"`";
                            return Err(argument.error(message));
                        }
                    },
                };
                column.default = Default::Identity { always };
            }
            "unique" => self.uniques.push(of_one(argument, field, true)?),
            "index" => self.indexes.push(of_one(argument, field, false)?),
            "check" => self.checks.push((None, argument.text()?)),
            "collate" => column.collation = Some(argument.text()?),
            "storage" => column.storage = Some(argument.text()?),
            "compression" => column.compression = Some(argument.text()?),
            "comment" => column.comment = Some(argument.text()?),
            _ => return Err(argument.unknown(&OF_COLUMN)),
        }
        Ok(())
    }
}

const OF_COLUMN: [&str; 23] = [
    "name",
    "was",
    "type",
    "null",
    "not_null",
    "primary_key",
    "default",
    "generated",
    "identity",
    "unique",
    "index",
    "references",
    "on_delete",
    "on_update",
    "match_full",
    "deferrable",
    "initially_deferred",
    "check",
    "collate",
    "storage",
    "compression",
    "comment",
    "skip",
];

/// `unique` or `index(method = "gin")` of one column.
fn of_one(argument: &Argument, field: String, unique: bool) -> syn::Result<Index> {
    let mut index = match &argument.arguments {
        Some(arguments) => Index::read(arguments, unique)?,
        None => argument.alone().map(|()| Index { unique, ..Index::default() })?,
    };
    index.keys = vec![IndexKey { text: field, expression: false, suffix: String::new() }];
    Ok(index)
}

/// `check("…", name = "…")`.
fn named(argument: &Argument) -> syn::Result<(Option<String>, String)> {
    let (mut name, mut text) = (None, None);
    if argument.value.is_some() {
        return Ok((None, argument.text()?));
    }
    for inner in argument.list()? {
        match inner.word.as_str() {
            "name" => name = Some(inner.text()?),
            "" => text = Some(inner.text()?),
            _ => return Err(inner.unknown(&["name"])),
        }
    }
    let text = text.ok_or_else(|| argument.error(format!("write `{}(\"…\")`", argument.word)))?;
    Ok((name, text))
}
