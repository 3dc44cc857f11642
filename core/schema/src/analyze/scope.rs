//! The columns that an expression can name.

use std::rc::Rc;

use super::query::{Merged, Namespace, Part, Source, SourceColumns, Visible, WithTables};
use super::{Analyzer, Columns};
use crate::Code;
use crate::ast::{ColumnRef, Ident, Name, TextRange};
use crate::catalog::{
    BaseType, Catalog, ColumnType, Hole, Lookup, ObjectId, RelationHit, Text, TypeRef,
};
use crate::replay::{Outcome, Refusal, Stop};

/// What names mean in a query, or in an expression outside of one.
#[derive(Debug)]
pub(crate) struct Scope<'s> {
    /// What is around it, and can be named too.
    pub(crate) parent: Option<&'s Scope<'s>>,
    /// Which of [`Analyzer::levels`] it belongs to.
    pub(crate) depth: usize,
    names: Names<'s>,
}

/// What a scope adds to its parent.
#[derive(Debug)]
enum Names<'s> {
    Tables(&'s Namespace),
    With(&'s WithTables<'s>),
    Outside(Namespace, &'s Columns<'s>),
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub(crate) ty: ColumnType,
    /// The [`Scope::depth`] of the query that has the column.
    pub(crate) depth: usize,
}

/// A column reference that was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The [`Scope::depth`] of the query that has the column.
    pub(crate) depth: usize,
    /// The [`Source::id`], and the part of its row.
    pub(crate) target: (usize, Part),
}

/// A column that a bare name led to.
enum Hit<'n> {
    Column(&'n Rc<Source>, usize),
    System(&'n Rc<Source>, &'static str, &'static str),
    Merged(&'n Rc<Merged>),
}

impl Hit<'_> {
    fn source(&self) -> Option<&Source> {
        match self {
            Hit::Column(source, _) | Hit::System(source, ..) => Some(source),
            Hit::Merged(_) => None,
        }
    }
}

impl<'s> Scope<'s> {
    /// The scope of an expression outside of a query.
    pub(crate) fn of_columns(columns: &'s Columns<'_>, depth: usize) -> Self {
        let mut names = Namespace::default();
        for (at, (name, id)) in columns.relations.iter().enumerate() {
            let source = Rc::new(Source {
                id: usize::MAX - at,
                name: Some((*name).to_owned()),
                range: None,
                aliased: false,
                relation: Some(*id),
                columns: SourceColumns::Relation(*id),
                renamed: Vec::new(),
                open: false,
                tail: 0,
                row: TypeRef::own(*id),
                system: true,
            });
            names.sources.push(source.clone());
            if columns.bare {
                names.columns.push(Visible::Source(source, Vec::new()));
            }
        }
        Self { parent: None, depth, names: Names::Outside(names, columns) }
    }

    /// A query's tables.
    pub(crate) fn of_tables(
        tables: &'s Namespace,
        depth: usize,
        parent: Option<&'s Scope<'s>>,
    ) -> Self {
        Self { parent, depth, names: Names::Tables(tables) }
    }

    /// The queries of a `WITH`.
    pub(crate) fn of_with(
        with: &'s WithTables<'s>,
        depth: usize,
        parent: Option<&'s Scope<'s>>,
    ) -> Self {
        Self { parent, depth, names: Names::With(with) }
    }

    /// The queries of the `WITH` that it is of.
    pub(crate) fn with_tables(&self) -> Option<&'s WithTables<'s>> {
        match self.names {
            Names::With(with) => Some(with),
            _ => None,
        }
    }

    fn namespace(&self) -> Option<&Namespace> {
        match &self.names {
            Names::Tables(names) => Some(names),
            Names::Outside(names, _) => Some(names),
            Names::With(_) => None,
        }
    }

    /// Whether it is that of a statement, and not of a query inside of one.
    pub(crate) fn is_top(&self) -> bool {
        match self.depth {
            0 => true,
            1 => self.parent.is_some_and(|it| it.outside().is_some()),
            _ => false,
        }
    }

    /// The source of that number among the query's own tables.
    pub(crate) fn source_numbered(&self, id: usize) -> Option<&Rc<Source>> {
        let names = self.namespace()?;
        let visible = names.columns.iter().filter_map(|it| match it {
            Visible::Source(source, _) => Some(source),
            Visible::Merged(_) => None,
        });
        names.sources.iter().chain(visible).find(|it| it.id == id)
    }

    fn outside(&self) -> Option<&Columns<'_>> {
        match &self.names {
            Names::Outside(_, columns) => Some(columns),
            _ => None,
        }
    }

    /// This scope and those around it, the innermost first.
    pub(crate) fn chain(&self) -> impl Iterator<Item = &Scope<'s>> {
        std::iter::successors(Some(self), |it| it.parent)
    }

    /// What a column reference without a star stands for: a column, a whole row, a field of one,
    /// a parameter of a function. Binds the names in it.
    pub(crate) fn resolve(
        &self,
        analyzer: &mut Analyzer<'_>,
        column: &ColumnRef,
        range: TextRange,
    ) -> Outcome<Resolved> {
        match column.fields.as_slice() {
            [name] => self.resolve_bare(analyzer, name, range),
            [qualifiers @ .., table, name] => {
                self.resolve_qualified(analyzer, qualifiers, table, name, range)
            }
            [] => Err(Stop::Unknown),
        }
    }

    /// Whether a column of this name is among the query's own tables.
    pub(crate) fn has_own_column(&self, analyzer: &Analyzer<'_>, name: &str) -> bool {
        self.namespace().is_some_and(|it| !hits(analyzer, it, name).is_empty())
    }

    /// Whether the query's own tables may have columns that are not known.
    pub(crate) fn is_open(&self, analyzer: &Analyzer<'_>) -> bool {
        self.namespace().is_some_and(|it| it.is_open(analyzer.catalog))
    }

    fn resolve_bare(
        &self,
        analyzer: &mut Analyzer<'_>,
        name: &Ident,
        range: TextRange,
    ) -> Outcome<Resolved> {
        let mut open = false;
        for scope in self.chain() {
            let Some(names) = scope.namespace() else { continue };
            let found = hits(analyzer, names, &name.text);
            if found.len() > 1 {
                let tables = found.iter().filter_map(|it| it.source()?.name.as_deref());
                let each: Vec<_> = tables.map(|it| format!("`{it}.{}`", name.text)).collect();
                let refusal = ambiguous(name);
                return match each.as_slice() {
                    [] | [_] => refusal,
                    each => refusal.help(format!("say which: {}", each.join(", "))),
                }
                .stop();
            }
            if let Some(hit) = found.first() {
                if open {
                    return Ok(unknown(scope.depth));
                }
                return Ok(analyzer.found(hit, name, range, scope.depth));
            }
            if let Some(value) = scope.outside().and_then(|it| it.value)
                && name.text == "value"
            {
                let ty = ColumnType::plain(value);
                return Ok(Resolved { ty, depth: scope.depth });
            }
            open |= names.is_open(analyzer.catalog);
        }
        if open {
            return Ok(unknown(self.depth));
        }
        for scope in self.chain() {
            let Some(names) = scope.namespace() else { continue };
            let source = names.sources.iter().find(|it| it.name.as_ref() == Some(&name.text));
            if let Some(source) = source {
                return Ok(analyzer.whole_row(source, name, range, scope.depth));
            }
        }
        if let Some(found) = self.resolve_param(&name.text) {
            return Ok(found);
        }
        self.no_column(analyzer, name).stop()
    }

    fn resolve_param(&self, name: &str) -> Option<Resolved> {
        self.chain().find_map(|scope| {
            let params = &scope.outside()?.params;
            let (_, ty) = params.iter().find(|(it, _)| it.as_deref() == Some(name))?;
            Some(Resolved { ty: ColumnType::plain(*ty), depth: scope.depth })
        })
    }

    fn resolve_qualified(
        &self,
        analyzer: &mut Analyzer<'_>,
        qualifiers: &[Ident],
        table: &Ident,
        name: &Ident,
        range: TextRange,
    ) -> Outcome<Resolved> {
        let Some((source, depth)) = self.source(analyzer, qualifiers, table)? else {
            // A field of a parameter, or `function.parameter`.
            if let Some(row) = self.resolve_param(&table.text) {
                return Ok(field_of(analyzer.catalog, &row, &name.text));
            }
            let params =
                self.chain().any(|it| it.outside().is_some_and(|it| !it.params.is_empty()));
            if params {
                return Ok(self.resolve_param(&name.text).unwrap_or_else(|| unknown(self.depth)));
            }
            return self.no_source(analyzer, qualifiers, table).stop();
        };
        let source = source.clone();
        let found = source.positions(analyzer.catalog, &name.text);
        let hit = match (found.as_slice(), source.system_column(&name.text)) {
            ([at], _) => Hit::Column(&source, *at),
            ([], Some((column, ty))) => Hit::System(&source, column, ty),
            ([], None) => {
                // `t.f` may call a function of the row.
                let function = source.is_open(analyzer.catalog)
                    || !super::query::only_columns(analyzer, &source, &name.text);
                if function {
                    return Ok(unknown(depth));
                }
                return no_column_of(analyzer, &source, table, name).stop();
            }
            _ => return ambiguous(name).stop(),
        };
        analyzer.bind_source(
            &source,
            qualifiers.first().unwrap_or(table).range.to(table.range),
            qualifiers.is_empty(),
        );
        Ok(analyzer.found(&hit, name, range, depth))
    }

    /// The table that stands in front of a dot. None where there is no such one.
    pub(crate) fn source(
        &self,
        analyzer: &Analyzer<'_>,
        qualifiers: &[Ident],
        table: &Ident,
    ) -> Outcome<Option<(&Rc<Source>, usize)>> {
        let mut relation = None;
        if !qualifiers.is_empty() {
            let name =
                Name { qualifiers: qualifiers.to_vec(), name: table.clone(), range: table.range };
            relation = match analyzer.catalog.find_relation(&name) {
                Lookup::Found(RelationHit::Own(id)) => Some(id),
                Lookup::Found(RelationHit::Known(..)) => None,
                Lookup::Missing => return Ok(None),
                Lookup::Unknown => return Err(Stop::Unknown),
            };
        }
        for scope in self.chain() {
            let Some(names) = scope.namespace() else { continue };
            let mut fitting = names.sources.iter().filter(|it| match relation {
                Some(id) => !it.aliased && it.relation == Some(id),
                None if qualifiers.is_empty() => it.name.as_ref() == Some(&table.text),
                None => !it.aliased && it.name.as_ref() == Some(&table.text),
            });
            if let Some(source) = fitting.next() {
                if fitting.next().is_some() {
                    return Refusal::new(
                        Code::AmbiguousColumn,
                        format!("table reference \"{}\" is ambiguous", table.text),
                    )
                    .at(table.range)
                    .stop();
                }
                return Ok(Some((source, scope.depth)));
            }
        }
        Ok(None)
    }

    /// The refusal of a table that is not in `FROM`.
    pub(crate) fn no_source(
        &self,
        analyzer: &Analyzer<'_>,
        qualifiers: &[Ident],
        table: &Ident,
    ) -> Refusal {
        let sources = || self.chain().filter_map(Scope::namespace).flat_map(|it| &it.sources);
        // A table that is there under an alias only.
        let hidden = sources().find(|it| {
            let relation = it.relation.and_then(|id| analyzer.catalog.relation(id));
            it.aliased && relation.is_some_and(|it| it.name == table.text)
        });
        let refusal = |what: &str| {
            let range = qualifiers.first().map_or(table.range, |it| it.range.to(table.range));
            Refusal::new(Code::UndefinedTable, format!("{what} for table \"{}\"", table.text))
                .at(range)
        };
        match hidden.and_then(|it| it.name.as_deref()) {
            Some(alias) => refusal("invalid reference to FROM-clause entry")
                .help(format!("it has the alias `{alias}` here")),
            None => refusal("missing FROM-clause entry")
                .similar(&table.text, sources().filter_map(|it| it.name.as_deref())),
        }
    }

    fn no_column(&self, analyzer: &Analyzer<'_>, name: &Ident) -> Refusal {
        let sources: Vec<&Rc<Source>> =
            self.chain().filter_map(Scope::namespace).flat_map(|it| &it.sources).collect();
        let former =
            sources.iter().find_map(|it| analyzer.catalog.former_column(it.relation?, &name.text));
        let candidates = sources.iter().flat_map(|it| it.names(analyzer.catalog));
        Refusal::new(Code::UndefinedColumn, format!("column \"{}\" does not exist", name.text))
            .at(name.range)
            .went(former)
            .one_of(&name.text, candidates)
    }

    /// `$1`, of a function's parameters.
    pub(crate) fn param(&self, number: u32) -> Outcome<ColumnType> {
        let params = self.chain().find_map(|it| Some(&it.outside()?.params));
        let index = usize::try_from(number).ok().and_then(|it| it.checked_sub(1));
        let found = index.and_then(|at| params?.get(at));
        match found {
            Some((_, ty)) => Ok(ColumnType::plain(*ty)),
            None => Err(Stop::Unknown),
        }
    }
}

impl Analyzer<'_> {
    fn found(&mut self, hit: &Hit<'_>, name: &Ident, range: TextRange, depth: usize) -> Resolved {
        let (ty, target) = match hit {
            Hit::Column(source, at) => {
                let Some(column) = source.column(self.catalog, *at) else { return unknown(depth) };
                let uncertain = column.uncertain || source.is_open(self.catalog);
                let ty =
                    if uncertain { ColumnType::plain(TypeRef::UNKNOWN) } else { column.ty.clone() };
                if let Some((relation, number)) = column.origin {
                    self.bind(name.range, Hole::Column(relation, number));
                }
                (ty, (source.id, Part::Column(*at)))
            }
            Hit::System(source, column, ty) => {
                (ColumnType::plain(TypeRef::catalog(ty)), (source.id, Part::System(column)))
            }
            Hit::Merged(merged) => {
                (merged.ty.clone(), merged.same.unwrap_or((merged.id, Part::Column(0))))
            }
        };
        self.references.insert(range.start, Reference { depth, target });
        Resolved { ty, depth }
    }

    fn whole_row(
        &mut self,
        source: &Rc<Source>,
        name: &Ident,
        range: TextRange,
        depth: usize,
    ) -> Resolved {
        self.bind_source(source, name.range, true);
        let target = (source.id, Part::Row);
        self.references.insert(range.start, Reference { depth, target });
        Resolved { ty: ColumnType::plain(source.row), depth }
    }

    /// Binds the name of a table in front of a column, unless it is an alias.
    pub(crate) fn bind_source(&mut self, source: &Source, range: TextRange, bare: bool) {
        if let Some(id) = source.own_name(self) {
            self.bind(range, if bare { Hole::Bare(id) } else { Hole::Object(id) });
        }
    }
}

impl Source {
    /// The relation whose own name it goes by.
    pub(crate) fn own_name(&self, analyzer: &Analyzer<'_>) -> Option<ObjectId> {
        let id = self.relation.filter(|_| !self.aliased)?;
        let relation = analyzer.catalog.relation(id)?;
        (self.name.as_deref() == Some(&relation.name)).then_some(id)
    }

    /// The name in front of a column, as a text.
    pub(crate) fn qualifier(&self, analyzer: &Analyzer<'_>) -> Option<Text> {
        match self.own_name(analyzer) {
            Some(id) => Some(Text::hole(Hole::Bare(id))),
            None => self.name.as_deref().map(|name| Text::plain(quoted(name))),
        }
    }
}

/// An identifier as SQL has it.
pub(crate) fn quoted(name: &str) -> String {
    crate::dump::quote::ident(name)
}

/// A field of a row, of unknown type where the row's own is not known.
fn field_of(catalog: &Catalog, row: &Resolved, field: &str) -> Resolved {
    let relation = match row.ty.ty.base {
        BaseType::Own(id) if !row.ty.ty.array => catalog.relation(id),
        _ => None,
    };
    let column = relation.and_then(|it| it.column(field));
    column.map_or_else(
        || unknown(row.depth),
        |column| Resolved { ty: column.ty.clone(), depth: row.depth },
    )
}

fn unknown(depth: usize) -> Resolved {
    Resolved { ty: ColumnType::plain(TypeRef::UNKNOWN), depth }
}

fn ambiguous(name: &Ident) -> Refusal {
    Refusal::new(Code::AmbiguousColumn, format!("column reference \"{}\" is ambiguous", name.text))
        .at(name.range)
}

fn no_column_of(analyzer: &Analyzer<'_>, source: &Source, table: &Ident, name: &Ident) -> Refusal {
    let former = source.relation.and_then(|id| analyzer.catalog.former_column(id, &name.text));
    Refusal::new(
        Code::UndefinedColumn,
        format!("column {}.{} does not exist", table.text, name.text),
    )
    .at(name.range)
    .went(former)
    .one_of(&name.text, source.names(analyzer.catalog))
}

/// The columns that a bare name fits.
fn hits<'n>(analyzer: &Analyzer<'_>, names: &'n Namespace, name: &str) -> Vec<Hit<'n>> {
    let mut found = Vec::new();
    for visible in &names.columns {
        match visible {
            Visible::Merged(merged) => {
                if merged.name == name {
                    found.push(Hit::Merged(merged));
                }
            }
            Visible::Source(source, hidden) => {
                let positions = source.positions(analyzer.catalog, name);
                let visible = positions.into_iter().filter(|at| !hidden.contains(at));
                found.extend(visible.map(|at| Hit::Column(source, at)));
            }
        }
    }
    if found.is_empty() {
        for visible in &names.columns {
            if let Visible::Source(source, _) = visible
                && let Some((column, ty)) = source.system_column(name)
            {
                found.push(Hit::System(source, column, ty));
                break;
            }
        }
    }
    found
}
