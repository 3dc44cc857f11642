//! Extended statistics.

use super::domain::unless_unknown;
use super::find::Purpose;
use super::other::named;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{
    AlterStatistics, Constant, CreateStatistics, Expr, ExprKind, Ident, Name, ObjectKind,
};
use crate::catalog::{
    ColumnNumber, Hole, NameSpace, Object, ObjectId, RelationHit, Statistics, Target, Text,
};

impl Run<'_> {
    pub(super) fn create_statistics(&mut self, statement: &CreateStatistics) -> Outcome {
        if let Some(name) = &statement.name {
            let schema = self.creation_schema(name)?;
            let space = NameSpace::Statistics;
            let found = self.catalog.named(space, Some(schema), &name.name.text).first().copied();
            if let Some(id) = found {
                if statement.if_not_exists || !self.is_taken(id, &name.name) {
                    return Ok(());
                }
                return self.exists(ObjectKind::Statistics, &name.name, id).stop();
            }
        }
        let table = match self.relation_hit(&statement.table)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(..) => return Ok(()),
        };
        for kind in &statement.kinds {
            if !["ndistinct", "dependencies", "mcv"].contains(&kind.text.as_str()) {
                let message = format!("unrecognized statistics kind \"{}\"", kind.text);
                return Refusal::new(Code::SyntaxError, message).at(kind.range).stop();
            }
        }
        let (columns, text, label) = self.statistics_keys(table, statement)?;
        let (schema, name) = if let Some(name) = &statement.name {
            (self.creation_schema(name)?, name.name.text.clone())
        } else {
            let Some(relation) = self.catalog.relation(table) else {
                return Err(Stop::Unknown);
            };
            let base = format!("{}_{label}_stat", relation.name);
            (relation.schema, self.free_statistics_name(relation.schema, &base))
        };
        let statistics = Statistics {
            schema,
            name,
            table,
            kinds: statement.kinds.iter().map(|kind| kind.text.clone()).collect(),
            columns,
            text,
            target: None,
        };
        self.catalog.insert(Object::Statistics(statistics), self.place);
        Ok(())
    }

    /// The columns, all that stands in the list, and what a name that is made has of it.
    fn statistics_keys(
        &self,
        table: ObjectId,
        statement: &CreateStatistics,
    ) -> Outcome<(Vec<ColumnNumber>, Text, String)> {
        let mut columns: Vec<ColumnNumber> = Vec::new();
        let mut text = Text::default();
        let mut label: Vec<&str> = Vec::new();
        for (at, expr) in statement.exprs.iter().enumerate() {
            if at > 0 {
                text.push(", ");
            }
            if let Some(column) = plain_column(expr) {
                let number = match self.column(table, column) {
                    Ok(number) => number,
                    Err(Stop::Refused(refusal)) => {
                        let message = format!("column \"{}\" does not exist", column.text);
                        return Refusal { message, ..*refusal }.stop();
                    }
                    Err(stop) => return Err(stop),
                };
                if columns.contains(&number) {
                    let message = "duplicate column name in statistics definition";
                    return Refusal::new(Code::DuplicateColumn, message).at(column.range).stop();
                }
                columns.push(number);
                label.push(&column.text);
                text.push_hole(Hole::Column(table, number));
            } else {
                let mut analyzer = Analyzer::new(self.catalog, self.text);
                let name = statement.table.name.text.as_str();
                let scope =
                    Columns { relations: vec![(name, table)], bare: true, ..Columns::default() };
                let checked = analyzer.expression(expr, &scope, Site::Statistics);
                unless_unknown(checked.map(drop))?;
                label.push("expr");
                text.push("(");
                text.append(&analyzer.text(expr.range));
                text.push(")");
            }
        }
        if let ([only], true) = (statement.exprs.as_slice(), columns.len() == 1) {
            let message = "extended statistics require at least 2 columns";
            return Refusal::new(Code::InvalidObjectDefinition, message).at(only.range).stop();
        }
        Ok((columns, text, label.join("_")))
    }

    fn free_statistics_name(&self, schema: ObjectId, base: &str) -> String {
        let taken =
            |name: &str| !self.catalog.named(NameSpace::Statistics, Some(schema), name).is_empty();
        let cut = |name: String| Ident::new(name, crate::ast::TextRange::default()).text;
        let first = cut(base.to_owned());
        let mut numbered = (1..).map(|number: u32| cut(format!("{base}{number}")));
        if taken(&first) { numbered.find(|name| !taken(name)).unwrap_or(first) } else { first }
    }

    pub(super) fn alter_statistics(&mut self, statement: &AlterStatistics) -> Outcome {
        let name: &Name = &statement.name;
        let object = named(ObjectKind::Statistics, name);
        let Some(Target::Object(id)) = self.existing(&object, Purpose::Alter)? else {
            return Ok(());
        };
        let target = statement.target.as_ref().and_then(|expr| match &expr.kind {
            ExprKind::Constant(Constant::Integer(text)) => text.parse().ok(),
            _ => None,
        });
        self.catalog.update(id, |entry| {
            if let Object::Statistics(it) = &mut entry.object {
                it.target = target;
            }
        });
        Ok(())
    }
}

/// The column that an element of the list is, if it is no more than that.
fn plain_column(expr: &Expr) -> Option<&Ident> {
    match &expr.kind {
        ExprKind::Column(column) if !column.star && column.fields.len() == 1 => {
            column.fields.first()
        }
        _ => None,
    }
}
