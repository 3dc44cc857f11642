//! `DROP`, of any kind.

use super::describe::{kind_name, type_name};
use super::find::{Found, Purpose};
use super::names::plain;
use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{Drop, ObjectKind, ObjectRef, Signature, TextRange};
use crate::catalog::{Lookup, Target};

impl Run<'_> {
    pub(super) fn drop(&mut self, statement: &Drop) -> Outcome {
        // The server removes relations one after the other only if it found all of them.
        let mut targets = Vec::new();
        let mut range: Option<TextRange> = None;
        for object in &statement.objects {
            match self.find(object, Purpose::Drop)? {
                Found::Own(target) => {
                    if !targets.contains(&target) {
                        targets.push(target);
                    }
                    range = Some(range.map_or(object.range, |it| it.to(object.range)));
                }
                Found::Known => {}
                Found::System => self.drop_system(object)?,
                Found::Missing(_) if statement.if_exists => {}
                Found::Missing(refusal) => return refusal.stop(),
            }
        }
        if statement.concurrently {
            self.check_concurrently(statement)?;
        }
        match range {
            Some(range) => self.delete(&targets, statement.cascade, range),
            None => Ok(()),
        }
    }

    /// What a server cannot be without.
    fn drop_system(&self, object: &ObjectRef) -> Outcome {
        use ObjectKind as K;
        let name = match self.catalog.find_type(&object.name) {
            Lookup::Found(ty) if matches!(object.kind, K::Type | K::Domain) => {
                type_name(self.catalog, ty)
            }
            _ => self.system_name(object),
        };
        let refusal = match object.kind {
            K::Table | K::Index | K::Sequence => Refusal::new(
                Code::InsufficientPrivilege,
                format!("permission denied: \"{}\" is a system catalog", object.name.name.text),
            ),
            kind => Refusal::new(
                Code::DependentObjects,
                format!(
                    "cannot drop {} {name} because it is required by the database system",
                    kind_name(kind)
                ),
            ),
        };
        refusal.at(object.range).stop()
    }

    /// With the types of its parameters, as far as they are written.
    fn system_name(&self, object: &ObjectRef) -> String {
        let name = plain(&object.name);
        match &object.signature {
            Signature::Params { params, .. } => {
                let types = params.iter().filter_map(|it| self.column_type(&it.ty).ok());
                let types: Vec<String> = types.map(|it| type_name(self.catalog, it.ty)).collect();
                format!("{name}({})", types.join(","))
            }
            _ => name,
        }
    }

    fn check_concurrently(&self, statement: &Drop) -> Outcome {
        let refuse = |message: &str, range: TextRange| {
            Refusal::new(Code::FeatureNotSupported, message).at(range).stop()
        };
        if let [_, second, ..] = statement.objects.as_slice() {
            let message = "DROP INDEX CONCURRENTLY does not support dropping multiple objects";
            return refuse(message, second.range);
        }
        let Some(first) = statement.objects.first() else { return Ok(()) };
        if statement.cascade {
            return refuse("DROP INDEX CONCURRENTLY does not support CASCADE", first.range);
        }
        let Found::Own(Target::Object(id)) = self.find(first, Purpose::Drop)? else {
            return Ok(());
        };
        let index = self.catalog.relation(id).and_then(|it| it.as_index());
        let table = index.and_then(|it| self.catalog.relation(it.table)?.as_table());
        if table.is_some_and(|it| it.partition_key.is_some()) {
            let message =
                format!("cannot drop partitioned index \"{}\" concurrently", first.name.name.text);
            return refuse(&message, first.range);
        }
        Ok(())
    }
}
