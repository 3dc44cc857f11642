//! Views: `CREATE [OR REPLACE] VIEW`.
//!
//! Source: `DefineView` and `DefineVirtualRelation` in PostgreSQL's `commands/view.c`.

mod body;
mod materialized;
mod recursive;
mod replace;
mod updatable;

use super::options::Owner;
use super::refusal::refused;
use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{CheckOption, CreateView, Ident, Name, Persistence};
use crate::catalog::{Object, ObjectId, Relation, RelationHit, RelationKind, SchemaRef, View};

use self::body::Body;

impl Run<'_> {
    pub(super) fn create_view(&mut self, statement: &CreateView) -> Outcome {
        let name = &statement.name;
        if statement.persistence == Persistence::Unlogged {
            return refused(
                Code::SyntaxError,
                "views cannot be unlogged because they do not have storage",
                name.range,
            );
        }
        let mut body = if statement.recursive {
            if statement.check_option.is_some() {
                return refused(
                    Code::FeatureNotSupported,
                    "WITH CHECK OPTION not supported on recursive views",
                    name.range,
                );
            }
            self.recursive_body(statement)?
        } else {
            self.view_body(&statement.query, "views")?
        };
        let mut options = self.options(&statement.with, Owner::View)?;
        let check_option = check_option(statement, &mut options)?;
        if check_option.is_some() && !statement.recursive {
            self.check_is_updatable(&statement.query)?;
        }
        body.rename(&statement.columns, "CREATE VIEW specifies more column names than columns")?;
        body.have_types(self)?;

        let temporary = body.is_temporary(self.catalog);
        let persistence = if temporary { Persistence::Temporary } else { statement.persistence };
        let (schema, persistence) = self.creation_place(name, persistence)?;
        let view = View { query: body.text.clone(), check_option };
        if let Some(old) = self.view_to_replace(statement, schema)? {
            return self.replace_view(old, &body, view, options);
        }
        body.has_no_duplicates()?;
        self.make_view(schema, name, persistence, body, RelationKind::View(view), |it| {
            it.options = options;
        })
    }

    /// Makes a view of either kind, and refuses a name that is taken.
    fn make_view(
        &mut self,
        schema: ObjectId,
        name: &Name,
        persistence: Persistence,
        body: Body,
        kind: RelationKind,
        finish: impl FnOnce(&mut Relation),
    ) -> Outcome {
        self.relation_and_type_name_is_free(schema, &name.name)?;
        let mut relation = Relation {
            schema,
            name: name.name.text.clone(),
            kind,
            columns: Vec::new(),
            next_column: 1,
            persistence,
            options: Vec::new(),
            access_method: None,
            tablespace: None,
        };
        let certain = body.certain;
        body.add_columns(&mut relation, self.place);
        finish(&mut relation);
        let id = self.catalog.insert(Object::Relation(relation), self.place);
        if !certain {
            self.catalog.update(id, |entry| entry.uncertain = true);
        }
        Ok(())
    }

    /// The view that `OR REPLACE` replaces.
    fn view_to_replace(
        &self,
        statement: &CreateView,
        schema: ObjectId,
    ) -> Outcome<Option<ObjectId>> {
        let name = &statement.name.name;
        if !statement.or_replace {
            return Ok(None);
        }
        match self.catalog.relation_in(SchemaRef::Own(schema), &name.text) {
            Some(RelationHit::Own(id)) => {
                let Some(found) = self.catalog.relation(id) else { return Ok(None) };
                if matches!(found.kind, RelationKind::View(_)) {
                    return Ok(Some(id));
                }
                if self.catalog.is_uncertain(id) {
                    return Ok(None);
                }
                not_a_view(name)
                    .also(self.catalog.get(id).map(|it| it.created), "created here")
                    .stop()
            }
            Some(RelationHit::Known(..)) => Err(super::Stop::Unknown),
            None => Ok(None),
        }
    }
}

fn not_a_view(name: &Ident) -> Refusal {
    Refusal::new(Code::WrongObjectType, format!("\"{}\" is not a view", name.text)).at(name.range)
}

/// `WITH CHECK OPTION`, or the option that means the same, which is taken out of the others.
fn check_option(
    statement: &CreateView,
    options: &mut Vec<(String, String)>,
) -> Outcome<Option<&'static str>> {
    let clause = statement.check_option.map(|option| match option {
        CheckOption::Local => "LOCAL",
        CheckOption::Cascaded => "CASCADED",
    });
    let Some(at) = options.iter().position(|(name, _)| name == "check_option") else {
        return Ok(clause);
    };
    if clause.is_some() {
        let option = statement.with.iter().find(|it| it.name.text == "check_option");
        return refused(
            Code::InvalidParameterValue,
            "parameter \"check_option\" specified more than once",
            option.map_or(statement.name.range, |it| it.name.range),
        );
    }
    let (_, value) = options.remove(at);
    let local = value.eq_ignore_ascii_case("local");
    Ok(Some(if local { "LOCAL" } else { "CASCADED" }))
}
