//! Domains.

use super::find::{Found, Purpose};
use super::user_type::type_ref;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{
    AlterDomain, AlterDomainAction, ColumnConstraint, ColumnConstraintKind, CreateDomain, Expr,
    Ident, Name, ObjectKind, TextRange,
};
use crate::builtin::TypeKind;
use crate::catalog::{
    BaseType, ColumnType, Constraint, ConstraintKind, Domain, NameSpace, Object, ObjectId, Target,
    Text, TypeDefinition, TypeDefinitionKind, TypeRef,
};

impl Run<'_> {
    pub(super) fn create_domain(&mut self, statement: &CreateDomain) -> Outcome {
        let name = &statement.name;
        let schema = self.creation_schema(name)?;
        self.type_name_is_free(schema, &name.name)?;
        let base = self.column_type(&statement.ty)?;
        self.may_be_base(base.ty, statement)?;
        let collation = self.collation(statement.collation.as_ref())?;
        let mut domain = Domain { base, collation, default: None, not_null: false };
        let mut null: Option<bool> = None;
        for constraint in &statement.constraints {
            let refuse = |message: &str| {
                Refusal::new(Code::SyntaxError, message).at(constraint.range).stop()
            };
            match &constraint.kind {
                ColumnConstraintKind::Default(expr) => {
                    if domain.default.is_some() {
                        return refuse("multiple default expressions");
                    }
                    domain.default = Some(self.domain_default(&domain.base, name, expr)?);
                }
                ColumnConstraintKind::NotNull | ColumnConstraintKind::Null => {
                    let not_null = constraint.kind == ColumnConstraintKind::NotNull;
                    if null.is_some_and(|before| before != not_null) {
                        return refuse("conflicting NULL/NOT NULL constraints");
                    }
                    null = Some(not_null);
                    domain.not_null = not_null;
                }
                ColumnConstraintKind::Check(_) => {}
                ColumnConstraintKind::Unique { .. } => {
                    return refuse("unique constraints not possible for domains");
                }
                ColumnConstraintKind::PrimaryKey(_) => {
                    return refuse("primary key constraints not possible for domains");
                }
                ColumnConstraintKind::References(_) => {
                    return refuse("foreign key constraints not possible for domains");
                }
                ColumnConstraintKind::Generated { .. } | ColumnConstraintKind::Identity { .. } => {
                    return Err(Stop::Unknown);
                }
            }
        }
        let base = domain.base.ty;
        let id = self.insert_type(schema, &name.name, TypeDefinitionKind::Domain(domain));
        for constraint in &statement.constraints {
            if let ColumnConstraintKind::Check(expr) = &constraint.kind {
                self.add_domain_check(id, base, constraint, expr)?;
            }
        }
        Ok(())
    }

    /// A pseudo-type is no type of values.
    fn may_be_base(&self, ty: TypeRef, statement: &CreateDomain) -> Outcome {
        let BaseType::Known(known) = ty.base else { return Ok(()) };
        let pseudo = self.catalog.known_type(known).is_some_and(|it| it.kind == TypeKind::Pseudo);
        if !pseudo || ty.array {
            return Ok(());
        }
        Refusal::new(
            Code::DatatypeMismatch,
            format!("\"{}\" is not a valid base type for a domain", statement.ty.name.name.text),
        )
        .at(statement.ty.range)
        .stop()
    }

    fn domain_default(&self, base: &ColumnType, name: &Name, expr: &Expr) -> Outcome<Text> {
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let what = format!("column \"{}\"", name.name.text);
        let checked =
            analyzer.assigned(expr, &Columns::default(), Site::Default, base, &what).map(drop);
        unless_unknown(checked)?;
        Ok(analyzer.text(expr.range))
    }

    fn add_domain_check(
        &mut self,
        id: ObjectId,
        base: TypeRef,
        constraint: &ColumnConstraint,
        expr: &Expr,
    ) -> Outcome {
        let name = match &constraint.name {
            Some(name) => {
                self.domain_constraint_is_free(id, name, "\"")?;
                name.text.clone()
            }
            None => self.domain_constraint_name(id),
        };
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let columns = Columns { value: Some(base), ..Columns::default() };
        unless_unknown(analyzer.condition(expr, &columns, Site::DomainCheck).map(drop))?;
        let text = analyzer.text(expr.range);
        let mut check = Constraint::new(id, name, ConstraintKind::Check(text));
        check.validated = !constraint.attributes.not_valid;
        self.catalog.insert(Object::Constraint(check), self.place);
        Ok(())
    }

    /// Refuses a name that a constraint of the domain has. `quote` is what the server puts around
    /// the domain's name, as it goes.
    fn domain_constraint_is_free(&self, id: ObjectId, name: &Ident, quote: &str) -> Outcome {
        let Some(found) =
            self.catalog.named(NameSpace::Constraint, Some(id), &name.text).first().copied()
        else {
            return Ok(());
        };
        if self.catalog.is_uncertain(found) || self.catalog.doubtful.contains(&name.text) {
            return Ok(());
        }
        let domain = self.catalog.get(id).map_or("", |entry| entry.object.name());
        Refusal::new(
            Code::DuplicateObject,
            format!(
                "constraint \"{}\" for domain {quote}{domain}{quote} already exists",
                name.text
            ),
        )
        .at(name.range)
        .also(self.catalog.get(found).map(|entry| entry.created), "created here")
        .stop()
    }

    /// The name that the server makes: `d_check`, or with a number where any constraint of the
    /// schema has it.
    fn domain_constraint_name(&self, id: ObjectId) -> String {
        let Some(entry) = self.catalog.get(id) else { return String::new() };
        let schema = entry.object.schema();
        let used = |name: &str| {
            [NameSpace::Relation, NameSpace::Type].iter().any(|space| {
                self.catalog.names(*space, schema).any(|parent| {
                    let parents = self.catalog.named(*space, schema, parent);
                    parents.iter().any(|parent| {
                        !self.catalog.named(NameSpace::Constraint, Some(*parent), name).is_empty()
                    })
                })
            })
        };
        let mut label = "_check".to_owned();
        for number in 1_u32.. {
            let mut end = entry.object.name().len().min(Ident::MAX_BYTES - label.len());
            while !entry.object.name().is_char_boundary(end) {
                end -= 1;
            }
            let name = format!("{}{label}", &entry.object.name()[..end]);
            if !used(&name) {
                return name;
            }
            label = format!("_check{number}");
        }
        String::new()
    }

    pub(super) fn alter_domain(&mut self, statement: &AlterDomain) -> Outcome {
        let object =
            crate::ast::ObjectRef { kind: ObjectKind::Domain, ..type_ref(&statement.name) };
        let id = match self.find(&object, Purpose::Alter)? {
            Found::Own(Target::Object(id)) => id,
            Found::Missing(refusal) => return refusal.stop(),
            _ => return Ok(()),
        };
        let Some(Object::Type(TypeDefinition { kind: TypeDefinitionKind::Domain(domain), .. })) =
            self.catalog.get(id).map(|entry| &entry.object)
        else {
            return Ok(());
        };
        let base = domain.base.clone();
        match &statement.action {
            AlterDomainAction::SetDefault(expr) => {
                let default = self.domain_default(&base, &statement.name, expr)?;
                self.change_domain(id, |it| it.default = Some(default));
            }
            AlterDomainAction::DropDefault => self.change_domain(id, |it| it.default = None),
            AlterDomainAction::SetNotNull => {
                self.domain_values_can_be_read(id, statement.name.range)?;
                self.change_domain(id, |it| it.not_null = true);
            }
            AlterDomainAction::DropNotNull => self.change_domain(id, |it| it.not_null = false),
            AlterDomainAction::AddConstraint(constraint) => match &constraint.kind {
                ColumnConstraintKind::Check(expr) => {
                    self.add_domain_check(id, base.ty, constraint, expr)?;
                    if !constraint.attributes.not_valid {
                        self.domain_values_can_be_read(id, statement.name.range)?;
                    }
                }
                _ => self.change_domain(id, |it| it.not_null = true),
            },
            AlterDomainAction::DropConstraint { name, if_exists, cascade } => {
                match self.domain_constraint(id, name, "of", "\"") {
                    Ok(Some(found)) => {
                        self.delete(&[Target::Object(found)], *cascade, name.range)?;
                    }
                    Ok(None) => {}
                    Err(Stop::Refused(_)) if *if_exists => {}
                    Err(stop) => return Err(stop),
                }
            }
            AlterDomainAction::RenameConstraint { from, to } => {
                if let Some(found) = self.domain_constraint(id, from, "for", "")? {
                    self.domain_constraint_is_free(id, to, "")?;
                    self.catalog.rename(found, &to.text, self.place);
                }
            }
            AlterDomainAction::ValidateConstraint(name) => {
                if let Some(found) = self.domain_constraint(id, name, "of", "\"")? {
                    self.domain_values_can_be_read(id, statement.name.range)?;
                    self.catalog.update(found, |entry| {
                        if let Object::Constraint(it) = &mut entry.object {
                            it.validated = true;
                        }
                    });
                }
            }
        }
        Ok(())
    }

    fn change_domain(&mut self, id: ObjectId, change: impl FnOnce(&mut Domain)) {
        self.catalog.update(id, |entry| {
            if let Object::Type(it) = &mut entry.object
                && let TypeDefinitionKind::Domain(domain) = &mut it.kind
            {
                change(domain);
            }
        });
    }

    /// The server looks at the values in columns of the domain, and at no others that hold some.
    fn domain_values_can_be_read(&self, id: ObjectId, range: TextRange) -> Outcome {
        match self.stored_in(id, false) {
            Some(column) => self.type_in_use(id, &column, range).stop(),
            None => Ok(()),
        }
    }

    /// A constraint of a domain; none where it is not known. The refusal's words differ.
    fn domain_constraint(
        &self,
        id: ObjectId,
        name: &Ident,
        of: &str,
        quote: &str,
    ) -> Outcome<Option<ObjectId>> {
        if let Some(id) = self.catalog.named(NameSpace::Constraint, Some(id), &name.text).first() {
            return Ok(Some(*id));
        }
        // Since version 17, NOT NULL of a domain has a name, which is not kept.
        if self.catalog.is_uncertain(id)
            || self.catalog.doubtful.contains(&name.text)
            || self.catalog.version().major() >= 17
        {
            return Ok(None);
        }
        let domain = self.catalog.get(id).map_or("", |entry| entry.object.name());
        Refusal::new(
            Code::UndefinedObject,
            format!(
                "constraint \"{}\" {of} domain {quote}{domain}{quote} does not exist",
                name.text
            ),
        )
        .at(name.range)
        .went(self.catalog.former(NameSpace::Constraint, Some(id), &name.text))
        .one_of(&name.text, self.catalog.names(NameSpace::Constraint, Some(id)))
        .stop()
    }
}

/// What is not known does not keep a definition from being made.
pub(super) fn unless_unknown(outcome: Outcome) -> Outcome {
    match outcome {
        Err(Stop::Unknown) => Ok(()),
        outcome => outcome,
    }
}
