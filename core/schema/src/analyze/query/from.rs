//! What stands in `FROM`.

use std::rc::Rc;

use super::source::{Namespace, Source, SourceColumn, SourceColumns, columns_of_own};
use super::{Rows, with};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Scope};
use crate::ast::{
    Alias, FromItem, Ident, Name, RangeSubquery, RangeTable, RangeTableFunction, TableFunction,
};
use crate::builtin::{self, Home, RelationKind as KnownKind};
use crate::catalog::{ColumnType, Hole, Lookup, ObjectId, RelationHit, RelationKind, TypeRef};
use crate::replay::{Outcome, Refusal, Stop, names, types};

/// Where a `FROM` item stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    /// What is around the query, its `WITH` included.
    pub(super) outer: Option<&'p Scope<'p>>,
    /// The query's [`Scope::depth`].
    pub(super) depth: usize,
    /// The items to the left, which `LATERAL` sees.
    pub(super) left: &'p Namespace,
}

impl Analyzer<'_> {
    /// The tables of a `FROM` list.
    pub(crate) fn range_list(
        &mut self,
        items: &[FromItem],
        outer: Option<&Scope<'_>>,
        depth: usize,
        names: &mut Namespace,
    ) -> Outcome {
        for item in items {
            let more = self.range_item(item, Place { outer, depth, left: names })?;
            Self::check_names(names, &more)?;
            names.extend(more);
        }
        Ok(())
    }

    pub(super) fn range_item(&mut self, item: &FromItem, place: Place<'_>) -> Outcome<Namespace> {
        self.nested(|it| match item {
            FromItem::Table(table) => it.range_table(table, place),
            FromItem::Subquery(query) => it.range_subquery(query, place),
            FromItem::Function(function) => it.range_function(function, place),
            FromItem::TableFunction(function) => it.range_table_function(function, place),
            FromItem::Join(join) => it.join(join, place),
        })
    }

    /// No two tables may go by one name.
    pub(crate) fn check_names(left: &Namespace, right: &Namespace) -> Outcome {
        for new in &right.sources {
            let Some(name) = &new.name else { continue };
            let same = left.sources.iter().find(|old| {
                // Tables of two schemas can be told apart, unless there is an alias.
                old.name.as_ref() == Some(name)
                    && (old.aliased || new.aliased || same_relation(old, new))
            });
            if same.is_some() {
                let message = format!("table name \"{name}\" specified more than once");
                let refusal = Refusal::new(Code::DuplicateAlias, message)
                    .help("give one of them an alias: `AS another_name`");
                return Refusal { range: new.range, ..refusal }.stop();
            }
        }
        Ok(())
    }

    fn range_table(&mut self, table: &RangeTable, place: Place<'_>) -> Outcome<Namespace> {
        let name = &table.relation.name;
        let alias = table.alias.as_ref();
        if name.qualifiers.is_empty()
            && let Some(outer) = place.outer
            && let Some(rows) = with::find(self, outer, &name.name, place.depth)?
        {
            return self.named_rows(rows, Some(alias_of(alias, &name.name)), alias);
        }
        let source = self.table(name, alias)?;
        if let Some(sample) = &table.sample {
            let scope = Scope::of_tables(place.left, place.depth, place.outer);
            for arg in sample.args.iter().chain(&sample.repeatable) {
                self.expr(arg, &scope)?;
            }
        }
        Ok(Namespace::of(Rc::new(source)))
    }

    /// A table or view by its name, its columns renamed by an alias.
    pub(crate) fn table(&mut self, name: &Name, alias: Option<&Alias>) -> Outcome<Source> {
        let mut source = match self.catalog.find_relation(name) {
            Lookup::Found(RelationHit::Own(id)) => self.own_source(id, name)?,
            Lookup::Found(RelationHit::Known(relation, home)) => {
                self.known_source(&relation, home, name)?
            }
            Lookup::Unknown => self.source(SourceColumns::List(Vec::new()), TypeRef::UNKNOWN),
            Lookup::Missing => return names::no_relation(self.catalog, name).stop(),
        };
        source.open |= self.catalog.find_relation(name) == Lookup::Unknown;
        let called = alias_of(alias, &name.name);
        source.name = Some(called.text.clone());
        source.range = Some(called.range);
        source.aliased = alias.is_some_and(|it| it.name.is_some());
        self.rename(&mut source, alias)?;
        Ok(source)
    }

    fn own_source(&mut self, id: ObjectId, name: &Name) -> Outcome<Source> {
        let Some(relation) = self.catalog.relation(id) else { return Err(Stop::Unknown) };
        if !relation.has_rows() {
            return Refusal::new(
                Code::WrongObjectType,
                format!("cannot open relation \"{}\"", relation.name),
            )
            .at(name.range)
            .label(format!("this is a {}", relation.kind_name()))
            .stop();
        }
        let system = !matches!(relation.kind, RelationKind::View(_));
        self.bind(name.range, Hole::Object(id));
        let columns = columns_of_own(self.catalog, id);
        let mut source = self.source(columns, TypeRef::own(id));
        source.relation = Some(id);
        source.system = system;
        Ok(source)
    }

    fn known_source(
        &mut self,
        relation: &builtin::Relation,
        home: Home<'static>,
        name: &Name,
    ) -> Outcome<Source> {
        if matches!(relation.kind, KnownKind::Index | KnownKind::CompositeType) {
            return Refusal::new(
                Code::WrongObjectType,
                format!("cannot open relation \"{}\"", name.name.text),
            )
            .at(name.range)
            .stop();
        }
        if let Home::Extension(extension) = home {
            let brought = Hole::Extension { extension, name: name.name.text.clone() };
            self.bind(name.range, brought);
        }
        let columns = relation.columns().map(|column| SourceColumn {
            name: column.name.to_owned(),
            ty: ColumnType::plain(self.catalog.type_of_fact(column.data_type)),
            origin: None,
        });
        let row = self.catalog.find_type(name).found().unwrap_or(TypeRef::UNKNOWN);
        let mut source = self.source(SourceColumns::List(columns.collect()), row);
        source.system = relation.kind != KnownKind::View;
        // The columns of system views differ in extensions of other releases, and sequences have
        // columns that the facts do not tell.
        source.open = relation.kind == KnownKind::Sequence
            || matches!(home, Home::Extension(name) if
                self.catalog.builtin().extension(name).is_none_or(|it| !it.bundled || it.name == "pg_stat_statements"));
        Ok(source)
    }

    fn range_subquery(&mut self, item: &RangeSubquery, place: Place<'_>) -> Outcome<Namespace> {
        if item.alias.is_none() && self.catalog.version().major() < 16 {
            let what = match item.query.body {
                crate::ast::QueryBody::Values(_) => "VALUES in FROM must have an alias",
                _ => "subquery in FROM must have an alias",
            };
            return Refusal::new(Code::SyntaxError, what).at(item.query.range).stop();
        }
        let rows = if item.lateral {
            let scope = Scope::of_tables(place.left, place.depth, place.outer);
            self.run_query(&item.query, Some(&scope))?
        } else {
            self.run_query(&item.query, place.outer)?
        };
        let alias = item.alias.as_ref();
        self.named_rows(rows, alias.and_then(|it| it.name.as_ref()), alias)
    }

    /// The rows of a query as a table of a `FROM`.
    pub(super) fn named_rows(
        &mut self,
        rows: Rows,
        name: Option<&Ident>,
        alias: Option<&Alias>,
    ) -> Outcome<Namespace> {
        let columns = rows.fields.into_iter().map(|field| SourceColumn {
            ty: Self::settle(&field.value),
            name: field.name,
            origin: None,
        });
        let columns = SourceColumns::List(columns.collect());
        let mut source = self.source(columns, TypeRef::catalog("record"));
        source.open = rows.open;
        source.tail = rows.tail;
        source.name = name.map(|it| it.text.clone());
        source.range = name.map(|it| it.range);
        source.aliased = true;
        self.rename(&mut source, alias)?;
        Ok(Namespace::of(Rc::new(source)))
    }

    fn range_table_function(
        &mut self,
        item: &RangeTableFunction,
        place: Place<'_>,
    ) -> Outcome<Namespace> {
        let scope = Scope::of_tables(place.left, place.depth, place.outer);
        let clause = self.enter(place.depth, Clause::FromFunction);
        for arg in &item.args {
            self.expr(arg, &scope)?;
        }
        let mut columns = Vec::new();
        for column in &item.columns {
            for expr in &column.exprs {
                self.expr(expr, &scope)?;
            }
            let ty = match &column.ty {
                Some(ty) => types::column_type(self.catalog, ty)?,
                None => ColumnType::plain(TypeRef::catalog("int4")),
            };
            columns.push(SourceColumn { name: column.name.text.clone(), ty, origin: None });
        }
        self.enter(place.depth, clause);
        let (name, open) = match &item.function {
            TableFunction::XmlTable => ("xmltable", false),
            TableFunction::JsonTable => ("json_table", false),
            TableFunction::GraphTable(_) => ("graph_table", true),
        };
        let mut source = self.source(SourceColumns::List(columns), TypeRef::catalog("record"));
        let alias = item.alias.as_ref();
        let given = alias.and_then(|it| it.name.as_ref());
        source.name = Some(given.map_or(name, |it| it.text.as_str()).to_owned());
        source.aliased = true;
        source.open = open;
        self.rename(&mut source, alias)?;
        Ok(Namespace::of(Rc::new(source)))
    }

    /// A source of these columns, without a name yet.
    pub(crate) fn source(&mut self, columns: SourceColumns, row: TypeRef) -> Source {
        Source {
            id: self.next_source(),
            name: None,
            range: None,
            aliased: false,
            relation: None,
            columns,
            renamed: Vec::new(),
            open: false,
            tail: 0,
            row,
            system: false,
        }
    }

    /// Gives the columns the names of an alias.
    pub(super) fn rename(&mut self, source: &mut Source, alias: Option<&Alias>) -> Outcome {
        let Some(alias) = alias else { return Ok(()) };
        let (given, there) = (alias.columns.len(), source.len(self.catalog));
        if given > there && !source.is_open(self.catalog) {
            let name = source.name.as_deref().unwrap_or_default();
            return Refusal::new(
                Code::InvalidColumnReference,
                format!(
                    "table \"{name}\" has {there} columns available but {given} columns specified"
                ),
            )
            .at(alias.columns.get(there).map_or_else(Default::default, |it| it.range))
            .stop();
        }
        source.renamed = alias.columns.iter().map(|it| it.text.clone()).collect();
        if source.open
            && given > 0
            && let SourceColumns::List(columns) = &mut source.columns
        {
            // They are there, and it is not known which of them is which.
            columns.clear();
            columns.resize_with(given, || SourceColumn {
                name: String::new(),
                ty: ColumnType::plain(TypeRef::UNKNOWN),
                origin: None,
            });
        }
        Ok(())
    }
}

fn same_relation(old: &Source, new: &Source) -> bool {
    old.relation.is_some() && old.relation == new.relation
}

/// The name of an alias, or else the one that is there without.
pub(super) fn alias_of<'i>(alias: Option<&'i Alias>, name: &'i Ident) -> &'i Ident {
    alias.and_then(|it| it.name.as_ref()).unwrap_or(name)
}
