//! Publications. The catalog keeps what one publishes as a [`Text`]: a list of members, each with
//! its keyword, and then the options: `FOR TABLE t (a) WHERE (…), TABLES IN SCHEMA s WITH (…)`.

use super::domain::unless_unknown;
use super::find::Purpose;
use super::other::named;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{
    AlterPublication, AlterPublicationAction, CreatePublication, DefElem, ObjectKind,
    PublicationObject,
};
use crate::catalog::{Hole, Object, ObjectId, Piece, RelationHit, Target, Text};

const ALL: &str = "FOR ALL TABLES";
const FOR: &str = "FOR ";
const TABLE: &str = "TABLE ";
const SCHEMA: &str = "TABLES IN SCHEMA ";
const AND: &str = ", ";
const WITH: &str = " WITH (";

/// The table or schema, whether it is a schema, and what follows its name.
pub(super) type Member = (ObjectId, bool, Text);

/// A list of members, and the options.
fn join(members: &[Member], options: &str) -> Text {
    let mut text = Text::default();
    for (at, (id, schema, rest)) in members.iter().enumerate() {
        text.push(if at == 0 { FOR } else { AND });
        text.push(if *schema { SCHEMA } else { TABLE });
        text.push_hole(Hole::Object(*id));
        text.append(rest);
    }
    text.push(if members.is_empty() { options.trim_start() } else { options });
    text
}

/// The members of a list, each with the table or schema that it is about, and what follows.
pub(super) fn members(text: &Text) -> Vec<(ObjectId, Text)> {
    split(text).0.into_iter().map(|(id, _, rest)| (id, rest)).collect()
}

/// The list without what it says of a table or schema.
pub(super) fn without(text: &Text, id: ObjectId) -> Text {
    let (mut members, options) = split(text);
    members.retain(|(it, ..)| *it != id);
    join(&members, &options)
}

/// What [`join`] was given.
fn split(text: &Text) -> (Vec<Member>, String) {
    let mut members: Vec<Member> = Vec::new();
    let mut options = String::new();
    // The keyword that was last seen, for what comes behind it.
    let mut schema = None;
    let last = text.pieces().len().saturating_sub(1);
    for (at, piece) in text.pieces().iter().enumerate() {
        let sql = match piece {
            Piece::Hole(Hole::Object(id)) if schema.is_some() => {
                members.push((*id, schema.take().unwrap_or_default(), Text::default()));
                continue;
            }
            Piece::Hole(hole) => {
                if let Some((.., rest)) = members.last_mut() {
                    rest.push_hole(hole.clone());
                }
                continue;
            }
            Piece::Sql(sql) => sql.as_str(),
        };
        let (sql, with) = match sql.rfind(WITH).filter(|_| at == last) {
            Some(start) => sql.split_at(start),
            None if at == last && sql.starts_with(WITH.trim_start()) => ("", sql),
            None => (sql, ""),
        };
        if !with.is_empty() {
            options = format!(" {}", with.trim_start());
        }
        let keyword = [(SCHEMA, true), (TABLE, false)];
        let before = keyword.iter().find_map(|(word, is)| Some((sql.strip_suffix(word)?, *is)));
        schema = before.map(|(_, is)| is);
        let rest_of = before.map_or(sql, |(before, _)| before.strip_suffix(AND).unwrap_or(before));
        if let Some((.., rest)) = members.last_mut() {
            rest.push(rest_of);
        }
    }
    (members, options)
}

impl Run<'_> {
    pub(super) fn create_publication(&mut self, statement: &CreatePublication) -> Outcome {
        let members = self.members_named(&statement.objects)?;
        let options = self.written_options(&statement.with);
        let text = match statement.objects.first() {
            Some(PublicationObject::AllTables) => Text::plain(format!("{ALL}{options}")),
            Some(_) if members.is_none() => Text::plain(options.trim_start()),
            _ => join(members.as_deref().unwrap_or_default(), &options),
        };
        self.create_with_text(ObjectKind::Publication, &statement.name, false, text)
    }

    pub(super) fn alter_publication(&mut self, statement: &AlterPublication) -> Outcome {
        use AlterPublicationAction as A;
        let publication = named(ObjectKind::Publication, &statement.name.clone().into());
        let Some(Target::Object(id)) = self.existing(&publication, Purpose::Alter)? else {
            return Ok(());
        };
        let Some(Object::Other(it)) = self.catalog.get(id).map(|entry| &entry.object) else {
            return Ok(());
        };
        let uncertain = self.catalog.is_uncertain(id);
        let (mut members, options) = split(&it.text);
        let objects = match &statement.action {
            A::SetOptions(with) => {
                let options = self.written_options(with);
                self.set_publication(id, &members, &options);
                return Ok(());
            }
            A::Add(objects) | A::Set(objects) | A::Drop(objects) => objects,
        };
        if it.text.pieces().first().is_some_and(is_for_all) && !uncertain {
            return Refusal::new(
                Code::NotInPrerequisiteState,
                format!("publication \"{}\" is defined as FOR ALL TABLES", statement.name.text),
            )
            .at(statement.name.range)
            .stop();
        }
        let Some(named) = self.members_named(objects)? else { return Ok(()) };
        if matches!(statement.action, A::Set(_)) {
            members.clear();
        }
        for member in named {
            let at = members.iter().position(|it| it.0 == member.0);
            let name = self.catalog.get(member.0).map_or("", |entry| entry.object.name());
            let what = if member.1 { "schema" } else { "relation" };
            match (&statement.action, at) {
                (A::Drop(_), Some(at)) => {
                    members.remove(at);
                }
                (A::Drop(_), None) if !uncertain => {
                    return Refusal::new(
                        Code::UndefinedObject,
                        format!("{what} \"{name}\" is not part of the publication"),
                    )
                    .at(statement.name.range)
                    .stop();
                }
                (A::Add(_), Some(_)) if !uncertain => {
                    let publication = &statement.name.text;
                    return Refusal::new(
                        Code::DuplicateObject,
                        format!(
                            "{what} \"{name}\" is already member of publication \"{publication}\""
                        ),
                    )
                    .at(statement.name.range)
                    .stop();
                }
                (A::Add(_) | A::Set(_), None) => members.push(member),
                _ => {}
            }
        }
        self.set_publication(id, &members, &options);
        Ok(())
    }

    fn set_publication(&mut self, id: ObjectId, members: &[Member], options: &str) {
        self.catalog.update(id, |entry| {
            if let Object::Other(it) = &mut entry.object {
                let all = it.text.pieces().first().is_some_and(is_for_all);
                it.text = if all {
                    Text::plain(format!("{ALL}{options}"))
                } else {
                    join(members, options)
                };
            }
        });
    }

    /// The members that a statement names; none where one of them is not of the chain.
    fn members_named(&self, objects: &[PublicationObject]) -> Outcome<Option<Vec<Member>>> {
        let mut members = Vec::new();
        let mut known = true;
        for object in objects {
            match object {
                PublicationObject::Table { table, columns, filter } => {
                    let id = match self.relation_hit(&table.name) {
                        Ok(RelationHit::Own(id)) => id,
                        Ok(RelationHit::Known(..)) | Err(Stop::Unknown) => {
                            known = false;
                            continue;
                        }
                        Err(stop) => return Err(stop),
                    };
                    let mut rest = Text::default();
                    for (at, column) in columns.iter().enumerate() {
                        rest.push(if at == 0 { " (" } else { ", " });
                        rest.push_hole(Hole::Column(id, self.column(id, column)?));
                    }
                    if !columns.is_empty() {
                        rest.push(")");
                    }
                    if let Some(filter) = filter {
                        let mut analyzer = Analyzer::new(self.catalog, self.text);
                        let name = table.name.name.text.as_str();
                        let scope = Columns {
                            relations: vec![(name, id)],
                            bare: true,
                            ..Columns::default()
                        };
                        let checked = analyzer.condition(filter, &scope, Site::Policy);
                        unless_unknown(checked.map(drop))?;
                        rest.push(" WHERE (");
                        rest.append(&analyzer.text(filter.range));
                        rest.push(")");
                    }
                    members.push((id, false, rest));
                }
                PublicationObject::TablesInSchema(Some(schema)) => {
                    match self.own_schema(schema)? {
                        Some(id) => members.push((id, true, Text::default())),
                        None => known = false,
                    }
                }
                PublicationObject::AllTables
                | PublicationObject::AllSequences
                | PublicationObject::TablesInSchema(None) => known = false,
            }
        }
        Ok(known.then_some(members))
    }

    /// ` WITH (…)` as it stands in the statement.
    fn written_options(&self, with: &[DefElem]) -> String {
        let Some(first) = with.first() else { return String::new() };
        let end = self.range.end;
        let written = self.text.get(first.name.range.start..end).unwrap_or_default();
        let length = written.rfind(')').unwrap_or(written.len());
        format!("{WITH}{})", written.get(..length).unwrap_or_default())
    }
}

fn is_for_all(piece: &Piece) -> bool {
    matches!(piece, Piece::Sql(sql) if sql.starts_with(ALL))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn a_member_can_be_taken_out() {
        let mut catalog = Catalog::new(crate::PostgresVersion::default());
        let place = crate::catalog::Place::BEFORE;
        let mut schema = |name: &str| {
            let schema = crate::catalog::Schema { name: name.to_owned() };
            catalog.insert(Object::Schema(schema), place)
        };
        let (a, b, c) = (schema("a"), schema("b"), schema("c"));
        let all = [
            (a, false, Text::plain(" (x) WHERE (x > 0)")),
            (b, true, Text::default()),
            (c, false, Text::default()),
        ];
        let options = " WITH (publish = 'insert')".to_owned();
        let text = join(&all, &options);
        assert_eq!(split(&text), (all.to_vec(), options.clone()));
        for (out, left) in [(a, [1, 2]), (b, [0, 2]), (c, [0, 1])] {
            let left: Vec<_> = left.iter().map(|at| all[*at].clone()).collect();
            assert_eq!(split(&without(&text, out)), (left, options.clone()));
        }
        let none = without(&without(&without(&text, a), b), c);
        assert_eq!(none, Text::plain("WITH (publish = 'insert')"));
        assert_eq!(split(&none), (Vec::new(), options));
    }
}
