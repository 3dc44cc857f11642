//! `ALTER FUNCTION`, `PROCEDURE`, `ROUTINE`: other options.

use super::attributes::Attributes;
use crate::ast::AlterFunction;
use crate::catalog::{FunctionKind, Object, Target};
use crate::replay::find::Purpose;
use crate::replay::{Outcome, Run};

impl Run<'_> {
    pub(in super::super) fn alter_function(&mut self, statement: &AlterFunction) -> Outcome {
        let target = self.existing(&statement.function, Purpose::Alter)?;
        let Some(Target::Object(id)) = target else { return Ok(()) };
        let Some(Object::Function(function)) = self.catalog.get(id).map(|it| &it.object) else {
            return Ok(());
        };
        let procedure = function.kind == FunctionKind::Procedure;
        let returns_set = function.returns_set;
        let attributes = Attributes::read(self, &statement.options, procedure)?;
        attributes.check(returns_set)?;
        self.catalog.update(id, |entry| {
            if let Object::Function(function) = &mut entry.object {
                attributes.apply(function);
            }
        });
        Ok(())
    }
}
