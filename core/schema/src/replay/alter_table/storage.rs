//! How a relation and its columns are stored: parameters, statistics, compression, persistence,
//! the index that `CLUSTER` takes, what tells rows apart in replication.

use super::{Altered, bad_table, wrong_kind};
use crate::Code;
use crate::ast::{
    AlterColumnAction, Constant, DefElem, Expr, ExprKind, Ident, Persistence, ReplicaIdentity,
    TextRange,
};
use crate::builtin::AccessMethodKind;
use crate::catalog::{ColumnNumber, Hole, Index, NameSpace, Object, ObjectId, RelationKind, Text};
use crate::replay::options::Owner;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn set_parameters(&mut self, table: Altered, options: &[DefElem]) -> Outcome {
        let relation = self.altered(table.id)?;
        let owner = match &relation.kind {
            RelationKind::View(_) => Owner::View,
            RelationKind::Index(index) => Owner::Index(&index.method),
            _ if self.is_partitioned(table.id) => Owner::Partitioned,
            _ => Owner::Table,
        };
        let mut options = self.options(options, owner)?;
        self.catalog.update_relation(table.id, |relation| {
            if let RelationKind::View(view) = &mut relation.kind
                && let Some(at) = options.iter().position(|(name, _)| name == "check_option")
            {
                let (_, option) = options.remove(at);
                view.check_option = Some(if option == "local" { "LOCAL" } else { "CASCADED" });
            }
            merge(&mut relation.options, options);
        });
        Ok(())
    }

    pub(super) fn reset_parameters(&mut self, table: Altered, options: &[DefElem]) -> Outcome {
        let names = names_to_reset(options)?;
        self.catalog.update_relation(table.id, |relation| {
            relation.options.retain(|(name, _)| !names.contains(name));
            if let RelationKind::View(view) = &mut relation.kind
                && names.iter().any(|it| it == "check_option")
            {
                view.check_option = None;
            }
        });
        Ok(())
    }

    pub(super) fn set_column_options(
        &mut self,
        table: Altered,
        number: ColumnNumber,
        options: &[DefElem],
    ) -> Outcome {
        let options = self.options(options, Owner::Column)?;
        self.update_column(table.id, number, |column| merge(&mut column.options, options));
        Ok(())
    }

    pub(super) fn reset_column_options(
        &mut self,
        table: Altered,
        number: ColumnNumber,
        options: &[DefElem],
    ) -> Outcome {
        let names = names_to_reset(options)?;
        self.update_column(table.id, number, |column| {
            column.options.retain(|(name, _)| !names.contains(name));
        });
        Ok(())
    }

    pub(super) fn set_statistics(
        &mut self,
        table: Altered,
        number: ColumnNumber,
        target: Option<&Expr>,
    ) -> Outcome {
        let target = statistics_target(target)?;
        let name = self.altered_column(table.id, number)?.name.clone();
        for id in self.reached(table) {
            let relation = self.altered(id)?;
            if let Some(number) = relation.column(&name).map(|column| column.number) {
                self.update_column(id, number, |column| column.statistics = target);
            }
        }
        Ok(())
    }

    /// `ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100`.
    pub(super) fn index_statistics(
        &mut self,
        table: Altered,
        number: &str,
        action: &AlterColumnAction,
        range: TextRange,
    ) -> Outcome {
        let AlterColumnAction::SetStatistics(target) = action else { return Ok(()) };
        statistics_target(target.as_ref())?;
        let relation = self.altered(table.id)?;
        let name = &relation.name;
        let Some(index) = relation.as_index() else {
            let message = "cannot refer to non-index column by number";
            return Refusal::new(Code::FeatureNotSupported, message).at(range).stop();
        };
        let Some(number) = number.parse::<usize>().ok().filter(|it| (1..=32767).contains(it))
        else {
            let message = "column number must be in range from 1 to 32767";
            return Refusal::new(Code::InvalidParameterValue, message).at(range).stop();
        };
        match index.keys.get(number - 1) {
            Some(key) if key.column.is_some() => {
                let column = key.column.and_then(|it| {
                    Some(&self.catalog.relation(index.table)?.column_numbered(it)?.name)
                });
                let column = column.map_or("", String::as_str);
                let message = format!(
                    "cannot alter statistics on non-expression column \"{column}\" of index \
                     \"{name}\""
                );
                Refusal::new(Code::FeatureNotSupported, message)
                    .at(range)
                    .help("set the statistics of the table's column")
                    .stop()
            }
            Some(_) => Ok(()),
            None if number <= index.keys.len() + index.include.len() => {
                let message = format!(
                    "cannot alter statistics on included column \"{number}\" of index \"{name}\""
                );
                Refusal::new(Code::FeatureNotSupported, message).at(range).stop()
            }
            None => {
                let message =
                    format!("column number {number} of relation \"{name}\" does not exist");
                Refusal::new(Code::UndefinedColumn, message).at(range).stop()
            }
        }
    }

    pub(super) fn set_storage(
        &mut self,
        table: Altered,
        number: ColumnNumber,
        storage: &Ident,
    ) -> Outcome {
        let column = self.altered_column(table.id, number)?;
        let word = self.storage_of(storage, column.ty.ty)?;
        let name = column.name.clone();
        for id in self.reached(table) {
            let relation = self.altered(id)?;
            if let Some(number) = relation.column(&name).map(|column| column.number) {
                self.update_column(id, number, |column| column.storage.clone_from(&word));
            }
        }
        Ok(())
    }

    pub(super) fn set_compression(
        &mut self,
        table: Altered,
        number: ColumnNumber,
        method: &Ident,
    ) -> Outcome {
        let column = self.altered_column(table.id, number)?;
        let word = self.compression_of(method, column.ty.ty)?;
        self.update_column(table.id, number, |column| column.compression = word);
        Ok(())
    }

    pub(super) fn set_logged(&mut self, table: Altered, logged: bool, range: TextRange) -> Outcome {
        let relation = self.altered(table.id)?;
        if relation.persistence == Persistence::Temporary {
            let message = format!(
                "cannot change logged status of table \"{}\" because it is temporary",
                relation.name
            );
            return bad_table(message, range).stop();
        }
        let persistence = if logged { Persistence::Permanent } else { Persistence::Unlogged };
        if relation.persistence == persistence {
            return Ok(());
        }
        self.keys_stay_with(table, persistence, range)?;
        let mut changed = vec![table.id];
        changed.extend(self.parts(table.id).filter_map(|(id, object)| match object {
            Object::Relation(it) => match &it.kind {
                RelationKind::Index(index) => (index.table == table.id).then_some(id),
                RelationKind::Sequence(sequence) => {
                    sequence.owner.is_some_and(|it| it.table == table.id).then_some(id)
                }
                _ => None,
            },
            _ => None,
        }));
        for id in changed {
            self.catalog.update_relation(id, |relation| relation.persistence = persistence);
        }
        Ok(())
    }

    /// A permanent table cannot point to one that is unlogged.
    fn keys_stay_with(
        &self,
        table: Altered,
        persistence: Persistence,
        range: TextRange,
    ) -> Outcome {
        let name = &self.altered(table.id)?.name;
        for (id, object) in self.parts(table.id) {
            let Object::Constraint(constraint) = object else { continue };
            let Some(key) = constraint.foreign_key() else { continue };
            let (other, words) = match persistence {
                Persistence::Permanent if constraint.on == table.id => {
                    (key.table, ["logged", "unlogged"])
                }
                Persistence::Unlogged if key.table == table.id => {
                    (constraint.on, ["unlogged", "logged"])
                }
                _ => continue,
            };
            let other = self.altered(other)?;
            if other.name != *name && other.persistence != persistence {
                let [to, from] = words;
                let message = format!(
                    "could not change table \"{name}\" to {to} because it references {from} table \
                     \"{}\"",
                    other.name
                );
                let created = self.catalog.get(id).map(|entry| entry.created);
                return bad_table(message, range).also(created, "the foreign key").stop();
            }
        }
        Ok(())
    }

    /// Tablespaces belong to the whole server, which may have others than the chain makes.
    pub(super) fn set_tablespace(&mut self, table: Altered, space: &Ident) -> Outcome {
        if space.text == "pg_global" {
            let message = "only shared relations can be placed in pg_global tablespace";
            return Refusal::new(Code::InvalidParameterValue, message).at(space.range).stop();
        }
        let space = (space.text != "pg_default").then(|| space.text.clone());
        self.catalog.update_relation(table.id, |relation| relation.tablespace = space);
        Ok(())
    }

    pub(super) fn set_access_method(
        &mut self,
        table: Altered,
        method: Option<&Ident>,
        range: TextRange,
    ) -> Outcome {
        if self.is_partitioned(table.id) && self.catalog.version().major() < 17 {
            return wrong_kind("cannot change access method of a partitioned table")
                .at(range)
                .stop();
        }
        if let Some(method) = method {
            let name = &method.text;
            let own = NameSpace::Other(crate::ast::ObjectKind::AccessMethod);
            let known = self.catalog.builtin().objects().access_method(name);
            if known.is_some_and(|it| it.kind == AccessMethodKind::Index) {
                let message = format!("access method \"{name}\" is not of type TABLE");
                return Refusal::new(Code::NotInPrerequisiteState, message).at(method.range).stop();
            }
            if known.is_none()
                && self.catalog.named(own, None, name).is_empty()
                && self.catalog.missing_routine::<()>(name).is_missing()
            {
                let message = format!("access method \"{name}\" does not exist");
                return Refusal::new(Code::UndefinedObject, message).at(method.range).stop();
            }
        }
        let method = method.map(|it| it.text.clone()).filter(|it| it != "heap");
        self.catalog.update_relation(table.id, |relation| relation.access_method = method);
        Ok(())
    }

    pub(super) fn cluster_on(&mut self, table: Altered, name: &Ident) -> Outcome {
        let id = self.own_index(table, name)?;
        let Some(index) = self.altered(id)?.as_index() else { return Ok(()) };
        let problem = if self.is_partitioned(table.id) {
            "cannot mark index clustered in partitioned table".to_owned()
        } else if ["hash", "gin", "brin", "spgist"].contains(&index.method.as_str()) {
            format!(
                "cannot cluster on index \"{}\" because access method does not support clustering",
                name.text
            )
        } else if index.predicate.is_some() {
            format!("cannot cluster on partial index \"{}\"", name.text)
        } else {
            String::new()
        };
        if !problem.is_empty() {
            let created = self.catalog.get(id).map(|entry| entry.created);
            return Refusal::new(Code::FeatureNotSupported, problem)
                .at(name.range)
                .also(created, "the index is created here")
                .stop();
        }
        self.set_clustered(table.id, Some(id));
        Ok(())
    }

    pub(super) fn set_without_cluster(&mut self, table: Altered, range: TextRange) -> Outcome {
        if self.is_partitioned(table.id) {
            let message = "cannot mark index clustered in partitioned table";
            return Refusal::new(Code::FeatureNotSupported, message).at(range).stop();
        }
        self.set_clustered(table.id, None);
        Ok(())
    }

    fn set_clustered(&mut self, table: ObjectId, index: Option<ObjectId>) {
        self.catalog.update_relation(table, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.clustered_on = index;
            }
        });
    }

    pub(super) fn replica_identity(
        &mut self,
        table: Altered,
        identity: &ReplicaIdentity,
    ) -> Outcome {
        let identity = match identity {
            ReplicaIdentity::Default => None,
            ReplicaIdentity::Full => Some(Text::plain("FULL")),
            ReplicaIdentity::Nothing => Some(Text::plain("NOTHING")),
            ReplicaIdentity::Index(name) => {
                let id = self.own_index(table, name)?;
                self.can_be_identity(table, id, name)?;
                let mut text = Text::plain("USING INDEX ");
                text.push_hole(Hole::Bare(id));
                Some(text)
            }
        };
        self.catalog.update_relation(table.id, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.replica_identity = identity;
            }
        });
        Ok(())
    }

    fn can_be_identity(&self, table: Altered, id: ObjectId, name: &Ident) -> Outcome {
        let Some(index) = self.altered(id)?.as_index() else { return Ok(()) };
        let relation = self.altered(table.id)?;
        let nullable =
            index.keys.iter().filter_map(|key| key.column).find_map(|number| {
                relation.column_numbered(number).filter(|column| !column.not_null)
            });
        let name_text = &name.text;
        let (code, message) = if !index.unique {
            let message =
                format!("cannot use non-unique index \"{name_text}\" as replica identity");
            (Code::WrongObjectType, message)
        } else if self.is_index_deferrable(index) {
            let message =
                format!("cannot use non-immediate index \"{name_text}\" as replica identity");
            (Code::FeatureNotSupported, message)
        } else if index.keys.iter().any(|key| key.column.is_none()) {
            let message =
                format!("cannot use expression index \"{name_text}\" as replica identity");
            (Code::FeatureNotSupported, message)
        } else if index.predicate.is_some() {
            let message = format!("cannot use partial index \"{name_text}\" as replica identity");
            (Code::FeatureNotSupported, message)
        } else if let Some(column) = nullable {
            let message = format!(
                "index \"{name_text}\" cannot be used as replica identity because column \"{}\" is \
                 nullable",
                column.name
            );
            (Code::WrongObjectType, message)
        } else {
            return Ok(());
        };
        let created = self.catalog.get(id).map(|entry| entry.created);
        Refusal::new(code, message).at(name.range).also(created, "the index is created here").stop()
    }

    fn is_index_deferrable(&self, index: &Index) -> bool {
        let constraint = index.constraint.and_then(|id| self.catalog.get(id));
        constraint
            .is_some_and(|entry| matches!(&entry.object, Object::Constraint(it) if it.deferrable))
    }

    /// An index of the table, which is looked for in the table's schema.
    fn own_index(&self, table: Altered, name: &Ident) -> Outcome<ObjectId> {
        let relation = self.altered(table.id)?;
        let space = NameSpace::Relation;
        let Some(&id) = self.catalog.named(space, Some(relation.schema), &name.text).first() else {
            let message =
                format!("index \"{}\" for table \"{}\" does not exist", name.text, relation.name);
            let indexes = self.catalog.indexes(table.id);
            let names =
                indexes.filter_map(|(id, _)| Some(self.catalog.relation(id)?.name.as_str()));
            let went = self.catalog.former(space, Some(relation.schema), &name.text);
            return Refusal::new(Code::UndefinedObject, message)
                .at(name.range)
                .went(went)
                .similar(&name.text, names)
                .stop();
        };
        let index = self.altered(id)?.as_index();
        if index.is_some_and(|index| index.table == table.id) {
            return Ok(id);
        }
        let message = format!("\"{}\" is not an index for table \"{}\"", name.text, relation.name);
        let created = self.catalog.get(id).map(|entry| entry.created);
        wrong_kind(message).at(name.range).also(created, "created here").stop()
    }
}

fn merge(all: &mut Vec<(String, String)>, new: Vec<(String, String)>) {
    all.retain(|(name, _)| !new.iter().any(|(it, _)| it == name));
    all.extend(new);
    all.sort();
}

/// The names of a `RESET`, which may be anything.
fn names_to_reset(options: &[DefElem]) -> Outcome<Vec<String>> {
    if let Some(option) = options.iter().find(|it| it.value.is_some()) {
        let message = "RESET must not include values for parameters";
        return Refusal::new(Code::SyntaxError, message).at(option.name.range).stop();
    }
    let full = |option: &DefElem| match &option.namespace {
        Some(namespace) => format!("{}.{}", namespace.text, option.name.text),
        None => option.name.text.clone(),
    };
    Ok(options.iter().map(full).collect())
}

/// `SET STATISTICS`: none for the default. Too large a target is only lowered.
fn statistics_target(target: Option<&Expr>) -> Outcome<Option<i32>> {
    let Some(target) = target else { return Ok(None) };
    let ExprKind::Constant(Constant::Integer(digits)) = &target.kind else { return Ok(None) };
    match digits.parse::<i32>() {
        Ok(-1) | Err(_) => Ok(None),
        Ok(number) if number < -1 => {
            let message = format!("statistics target {number} is too low");
            Refusal::new(Code::InvalidParameterValue, message).at(target.range).stop()
        }
        Ok(number) => Ok(Some(number.min(10_000))),
    }
}
