//! A table, or a composite type, that is there: its columns, and what it is as a whole.

use super::definition::{has_columns, identity_sequence, sequence_changes};
use super::twin::twin;
use super::work::Work;
use crate::ast::Persistence;
use crate::catalog::{Column, ColumnDefault, ColumnType, ObjectId, Relation, RelationKind};
use crate::dump::{self, quote_ident as ident};

impl Work<'_> {
    pub(super) fn alter_relation(&mut self, now: ObjectId, wanted: ObjectId) {
        let Some(then) = self.to.relation(wanted) else { return };
        self.alter_inheritance(now, wanted);
        for column in &then.columns {
            let is = self.now().relation(now).and_then(|it| it.column(&column.name)).cloned();
            match is {
                None if !column.local && !is_partition(then) => {}
                None => self.add_column(now, wanted, column),
                Some(is) => self.alter_column(now, wanted, &is, column),
            }
        }
        if then.as_table().is_some() {
            self.alter_as_a_whole(now, then);
        }
    }

    fn add_column(&mut self, now: ObjectId, wanted: ObjectId, column: &Column) {
        let Some(relation) = self.now().relation(now).filter(|it| has_columns(it)) else { return };
        let (kind, part) = match relation.kind {
            RelationKind::Composite => ("TYPE", "ATTRIBUTE"),
            _ => ("TABLE", "COLUMN"),
        };
        let name = self.names().object(now);
        let definition = self.wanted().column_definition(wanted, column);
        self.run(format!("ALTER {kind} {name} ADD {part} {definition}"));
    }

    fn alter_column(&mut self, now: ObjectId, wanted: ObjectId, is: &Column, then: &Column) {
        if !is.local && self.now().relation(now).is_some_and(|it| !is_partition(it)) {
            // What is inherited changes with the parent; its default is the table's own.
            self.alter_default(now, wanted, is, then);
            return;
        }
        if !self.alter_type(now, is, then) {
            // No value of the one type is one of the other.
            let (name, column) = (self.names().object(now), ident(&is.name));
            self.run(format!("ALTER TABLE {name} DROP COLUMN {column}"));
            self.add_column(now, wanted, then);
            return;
        }
        if self.now().relation(now).is_some_and(|it| it.as_table().is_none()) {
            return;
        }
        self.alter_default(now, wanted, is, then);
        let is = self.now().relation(now).and_then(|it| it.column(&then.name)).cloned();
        if let Some(is) = is.filter(|is| is.not_null != then.not_null) {
            let how = if then.not_null { "SET" } else { "DROP" };
            self.column(now, &is, &format!("{how} NOT NULL"));
        }
    }

    /// `ALTER TABLE … ALTER COLUMN …`.
    fn column(&mut self, table: ObjectId, column: &Column, what: &str) -> bool {
        let sql = self.column_sql(table, column, what);
        self.run(sql)
    }

    fn column_sql(&self, table: ObjectId, column: &Column, what: &str) -> String {
        let (table, column) = (self.names().object(table), ident(&column.name));
        format!("ALTER TABLE {table} ALTER COLUMN {column} {what}")
    }

    /// Changes the type, if it is another; whether that can be done with the values that are there.
    fn alter_type(&mut self, now: ObjectId, is: &Column, then: &Column) -> bool {
        let ty = self.wanted().column_type(&then.ty);
        let collation = |names: dump::Names<'_>, it: &Column| {
            it.collation.as_ref().map(|it| format!(" COLLATE {}", names.text(it)))
        };
        let wanted = collation(self.wanted(), then);
        if self.names().column_type(&is.ty) == ty && collation(self.names(), is) == wanted {
            return true;
        }
        let wanted = wanted.unwrap_or_default();
        if self.now().relation(now).is_some_and(|it| it.as_table().is_none()) {
            let (name, column) = (self.names().object(now), ident(&is.name));
            self.run(format!("ALTER TYPE {name} ALTER ATTRIBUTE {column} TYPE {ty}{wanted}"));
            return true;
        }
        if matches!(then.default, ColumnDefault::Generated { .. }) {
            // It is computed anew.
            return self.column(now, is, &format!("TYPE {ty}{wanted}"));
        }
        let usings = self.usings(is, &then.ty);
        let try_all = |work: &mut Self| {
            usings.iter().any(|using| {
                let sql = work.column_sql(now, is, &format!("TYPE {ty}{wanted}{using}"));
                work.attempt(sql)
            })
        };
        if try_all(self) {
            return true;
        }
        // A default that is of no use to the new type goes first.
        if matches!(is.default, ColumnDefault::Expression(_)) {
            self.column(now, is, "DROP DEFAULT");
        }
        try_all(self)
    }

    /// How values may become those of another type: as the server does it, by a cast, by way of
    /// their text.
    fn usings(&self, is: &Column, ty: &ColumnType) -> Vec<String> {
        let (name, to) = (ident(&is.name), self.wanted().column_type(ty));
        let text = if ty.ty.array { "text[]" } else { "text" };
        vec![String::new(), format!(" USING {name}::{to}"), format!(" USING {name}::{text}::{to}")]
    }

    fn alter_default(&mut self, now: ObjectId, wanted: ObjectId, is: &Column, then: &Column) {
        // The type may have changed, and with it the default.
        let Some(is) = self.now().relation(now).and_then(|it| it.column(&is.name)).cloned() else {
            return;
        };
        match (&is.default, &then.default) {
            (ColumnDefault::Identity { always: a }, ColumnDefault::Identity { always: b }) => {
                self.alter_identity(now, wanted, &is, (*a, *b));
            }
            (_, ColumnDefault::Identity { .. }) => {
                if matches!(is.default, ColumnDefault::Expression(_)) {
                    self.column(now, &is, "DROP DEFAULT");
                }
                if !is.not_null {
                    self.column(now, &is, "SET NOT NULL");
                }
                let definition = self.wanted().column_definition(wanted, then);
                let from = definition.find("GENERATED ").unwrap_or(0);
                let identity = definition[from..].trim_end_matches(" NOT NULL");
                self.column(now, &is, &format!("ADD {identity}"));
            }
            (ColumnDefault::Identity { .. }, other) => {
                self.column(now, &is, "DROP IDENTITY");
                self.set_default(now, &is, other);
            }
            (ColumnDefault::Generated { .. }, ColumnDefault::Generated { .. }) => {}
            (ColumnDefault::Generated { .. }, other) => {
                self.column(now, &is, "DROP EXPRESSION");
                self.set_default(now, &is, other);
            }
            (a, b) => {
                let text =
                    |names: dump::Names<'_>, it: &ColumnDefault| it.text().map(|it| names.text(it));
                if text(self.names(), a) != text(self.wanted(), b) {
                    if b.text().is_some() {
                        self.set_default(now, &is, b);
                    } else {
                        self.column(now, &is, "DROP DEFAULT");
                    }
                }
            }
        }
    }

    fn set_default(&mut self, now: ObjectId, is: &Column, default: &ColumnDefault) {
        if let ColumnDefault::Expression(text) = default {
            let text = self.wanted().text(text);
            self.column(now, is, &format!("SET DEFAULT {text}"));
        }
    }

    fn alter_identity(
        &mut self,
        now: ObjectId,
        wanted: ObjectId,
        is: &Column,
        always: (bool, bool),
    ) {
        let mut changes = Vec::new();
        if always.0 != always.1 {
            let when = if always.1 { "ALWAYS" } else { "BY DEFAULT" };
            changes.push(format!("SET GENERATED {when}"));
        }
        let sequences = (
            identity_sequence(self.now(), now, &is.name),
            identity_sequence(self.to, wanted, &is.name),
        );
        if let (Some(a), Some(b)) = sequences {
            let options = sequence_changes(&a, &b);
            let options = options.iter().filter(|it| !it.starts_with("AS "));
            changes.extend(options.map(|it| format!("SET {it}")));
        }
        if !changes.is_empty() {
            self.column(now, is, &changes.join(" "));
        }
    }

    fn alter_inheritance(&mut self, now: ObjectId, wanted: ObjectId) {
        let parents = |relation: Option<&Relation>| -> Vec<ObjectId> {
            relation.and_then(Relation::as_table).map(|it| it.inherits.clone()).unwrap_or_default()
        };
        let is = parents(self.now().relation(now));
        let then: Vec<ObjectId> = parents(self.to.relation(wanted))
            .into_iter()
            .filter_map(|id| twin(self.to, id, self.now()))
            .collect();
        let name = self.names().object(now);
        for parent in is.iter().filter(|id| !then.contains(id)) {
            let parent = self.names().object(*parent);
            self.run(format!("ALTER TABLE {name} NO INHERIT {parent}"));
        }
        for parent in then.iter().filter(|id| !is.contains(id)) {
            let parent = self.names().object(*parent);
            self.run(format!("ALTER TABLE {name} INHERIT {parent}"));
        }
    }

    fn alter_as_a_whole(&mut self, now: ObjectId, then: &Relation) {
        let Some(is) = self.now().relation(now).cloned() else { return };
        let name = self.names().object(now);
        if is.persistence != then.persistence {
            let how = if then.persistence == Persistence::Unlogged { "UNLOGGED" } else { "LOGGED" };
            self.run(format!("ALTER TABLE {name} SET {how}"));
        }
        self.alter_options(&name, &is, then);
        if is.tablespace != then.tablespace {
            let tablespace = then.tablespace.as_deref().unwrap_or("pg_default");
            self.run(format!("ALTER TABLE {name} SET TABLESPACE {}", ident(tablespace)));
        }
        if is.access_method != then.access_method {
            let method = then.access_method.as_deref().unwrap_or("heap");
            self.run(format!("ALTER TABLE {name} SET ACCESS METHOD {}", ident(method)));
        }
    }

    fn alter_options(&mut self, name: &str, is: &Relation, then: &Relation) {
        let gone: Vec<&str> = is
            .options
            .iter()
            .filter(|(option, _)| !then.options.iter().any(|(other, _)| other == option))
            .map(|(option, _)| option.as_str())
            .collect();
        if !gone.is_empty() {
            self.run(format!("ALTER TABLE {name} RESET ({})", gone.join(", ")));
        }
        let set: Vec<(String, String)> =
            then.options.iter().filter(|it| !is.options.contains(it)).cloned().collect();
        if !set.is_empty() {
            let options = dump::options(&set);
            self.run(format!("ALTER TABLE {name} SET{}", options.trim_start_matches(" WITH")));
        }
    }
}

fn is_partition(relation: &Relation) -> bool {
    relation.as_table().is_some_and(|it| it.partition_of.is_some())
}
