//! What is set on objects beside their definition: comments, owners, rights, storage, and what else
//! has statements of its own.

use std::collections::BTreeSet;

use super::twin::twin;
use super::work::Work;
use crate::catalog::{Column, Entry, Grant, Object, ObjectId, Relation};
use crate::dump::{self, quote_ident as ident};

impl Work<'_> {
    /// Sets what is wanted, and takes back what is not.
    pub(super) fn extras(&mut self) {
        for id in dump::order(self.to) {
            let Some(now) = twin(self.to, id, self.now()) else { continue };
            let (Some(is), Some(then)) = (self.entry(now).cloned(), self.to.get(id)) else {
                continue;
            };
            self.take_back(now, &is, then);
            let here: BTreeSet<String> = match self.entry(now) {
                Some(entry) => self.names().extra_statements(now, entry).into_iter().collect(),
                None => BTreeSet::new(),
            };
            for sql in self.wanted().extra_statements(id, then) {
                if !here.contains(&sql) {
                    self.run(sql);
                }
            }
        }
    }

    fn take_back(&mut self, id: ObjectId, is: &Entry, then: &Entry) {
        let name = self.names().reference(id, is);
        if is.comment.is_some() && then.comment.is_none() {
            self.run(format!("COMMENT ON {name} IS NULL"));
        }
        for grant in is.grants.iter().filter(|grant| !then.grants.contains(grant)) {
            self.revoke(&name, grant);
        }
        match (&is.object, &then.object) {
            (Object::Relation(a), Object::Relation(b)) => self.take_back_of_relation(id, a, b),
            (Object::Trigger(a), Object::Trigger(b)) if a.fires != b.fires => {
                self.enable(a.on, "TRIGGER", &a.name);
            }
            (Object::Rule(a), Object::Rule(b)) if a.fires != b.fires => {
                self.enable(a.on, "RULE", &a.name);
            }
            (Object::Statistics(a), Object::Statistics(b))
                if a.target.is_some() && b.target.is_none() =>
            {
                self.run(format!("ALTER {name} SET STATISTICS -1"));
            }
            _ => {}
        }
    }

    fn revoke(&mut self, name: &str, grant: &Grant) {
        let target = name
            .strip_prefix("VIEW ")
            .or_else(|| name.strip_prefix("MATERIALIZED VIEW "))
            .unwrap_or(name);
        self.run(format!("REVOKE {} ON {target} FROM {}", grant.privileges.join(", "), grant.role));
    }

    fn enable(&mut self, table: ObjectId, kind: &str, name: &str) {
        let table = self.names().object(table);
        self.run(format!("ALTER TABLE {table} ENABLE {kind} {}", ident(name)));
    }

    fn take_back_of_relation(&mut self, id: ObjectId, is: &Relation, then: &Relation) {
        let name = self.names().object(id);
        for column in &is.columns {
            if let Some(wanted) = then.column(&column.name) {
                self.take_back_of_column(&name, column, wanted);
            }
        }
        if let (Some(a), Some(b)) = (is.as_sequence(), then.as_sequence())
            && a.owner.is_some()
            && b.owner.is_none()
        {
            self.run(format!("ALTER SEQUENCE {name} OWNED BY NONE"));
        }
        let (Some(a), Some(b)) = (is.as_table(), then.as_table()) else { return };
        if a.row_security && !b.row_security {
            self.run(format!("ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"));
        }
        if a.force_row_security && !b.force_row_security {
            self.run(format!("ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY"));
        }
        if a.replica_identity.is_some() && b.replica_identity.is_none() {
            self.run(format!("ALTER TABLE {name} REPLICA IDENTITY DEFAULT"));
        }
        if a.clustered_on.is_some() && b.clustered_on.is_none() {
            self.run(format!("ALTER TABLE {name} SET WITHOUT CLUSTER"));
        }
    }

    fn take_back_of_column(&mut self, table: &str, is: &Column, then: &Column) {
        let column = ident(&is.name);
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column}");
        if is.comment.is_some() && then.comment.is_none() {
            self.run(format!("COMMENT ON COLUMN {table}.{column} IS NULL"));
        }
        if is.statistics.is_some() && then.statistics.is_none() {
            self.run(format!("{alter} SET STATISTICS -1"));
        }
        if is.storage.is_some() && then.storage.is_none() {
            let usual = match is.ty.ty {
                ty if ty.is("numeric") => "MAIN",
                _ => "EXTENDED",
            };
            self.run(format!("{alter} SET STORAGE {usual}"));
        }
        if is.compression != then.compression {
            let compression = then.compression.as_deref().unwrap_or("default");
            self.run(format!("{alter} SET COMPRESSION {compression}"));
        }
        let gone: Vec<&str> = is
            .options
            .iter()
            .filter(|(option, _)| !then.options.iter().any(|(other, _)| other == option))
            .map(|(option, _)| option.as_str())
            .collect();
        if !gone.is_empty() {
            self.run(format!("{alter} RESET ({})", gone.join(", ")));
        }
    }
}
