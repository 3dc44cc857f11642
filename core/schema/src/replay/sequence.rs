//! Sequences: `CREATE SEQUENCE`, `ALTER SEQUENCE`, and those of `serial` and identity columns.
//!
//! Source: `init_params` and `process_owned_by` in PostgreSQL's `commands/sequence.c`.

use super::refusal::refused;
use super::{Outcome, Refusal, Run, choose_name};
use crate::Code;
use crate::ast::{
    AlterSequence, Constant, CreateSequence, Expr, ExprKind, Name, Persistence, SequenceOption,
    TextRange,
};
use crate::catalog::{
    BaseType, ColumnNumber, Hole, Object, ObjectId, Relation, RelationHit, RelationKind, Sequence,
    SequenceOwner, Text, TypeRef,
};

impl Run<'_> {
    pub(super) fn create_sequence(&mut self, statement: &CreateSequence) -> Outcome {
        let name = &statement.name;
        let (schema, persistence) = self.creation_place(name, statement.persistence)?;
        if statement.if_not_exists && self.relation_exists(schema, &name.name) {
            return Ok(());
        }
        let mut sequence = initial("int8", &statement.options, name.range)?;
        self.set_sequence(&mut sequence, &statement.options, false, name.range)?;
        self.relation_and_type_name_is_free(schema, &name.name)?;
        self.set_owner(&mut sequence, &statement.options, schema)?;
        self.insert_sequence(schema, &name.name.text, persistence, sequence);
        Ok(())
    }

    pub(super) fn alter_sequence(&mut self, statement: &AlterSequence) -> Outcome {
        let name = &statement.name;
        if statement.if_exists && self.catalog.find_relation(name).found().is_none() {
            return Ok(());
        }
        let id = self.own_relation(name)?;
        let Some(relation) = self.catalog.relation(id) else { return Ok(()) };
        let (schema, Some(mut sequence)) = (relation.schema, relation.as_sequence().cloned())
        else {
            if self.catalog.is_uncertain(id) {
                return Ok(());
            }
            return refused(
                Code::WrongObjectType,
                format!("\"{}\" is not a sequence", name.name.text),
                name.range,
            );
        };
        self.set_sequence(&mut sequence, &statement.options, false, name.range)?;
        let moves = statement.options.iter().any(|it| matches!(it, SequenceOption::OwnedBy(_)));
        if moves && sequence.owner.is_some_and(|owner| owner.identity) {
            return refused(
                Code::FeatureNotSupported,
                "cannot change ownership of identity sequence",
                name.range,
            );
        }
        self.set_owner(&mut sequence, &statement.options, schema)?;
        self.catalog.update_relation(id, |it| it.kind = RelationKind::Sequence(sequence));
        Ok(())
    }

    /// Makes the sequence of a `serial` or identity column, under the name that the server
    /// chooses unless the options have one. `data_type` is the column's, in `pg_type`'s words.
    pub(super) fn create_owned_sequence(
        &mut self,
        table: ObjectId,
        column: ColumnNumber,
        data_type: TypeRef,
        identity: Option<&[SequenceOption]>,
        range: TextRange,
    ) -> Outcome<ObjectId> {
        let Some(relation) = self.catalog.relation(table) else {
            return Err(super::Stop::Unknown);
        };
        let (mut schema, persistence) = (relation.schema, relation.persistence);
        let table_name = relation.name.clone();
        let column_name = relation.column_numbered(column).map_or("", |it| &it.name).to_owned();
        let Some(integer) = integer_type(data_type) else {
            return refused(
                Code::InvalidParameterValue,
                "identity column type must be smallint, integer, or bigint",
                range,
            );
        };
        let options = identity.unwrap_or_default();
        let mut sequence = initial(integer, options, range)?;
        self.set_sequence(&mut sequence, options, identity.is_some(), range)?;
        sequence.owner = Some(SequenceOwner { table, column, identity: identity.is_some() });
        let named = options.iter().find_map(|option| match option {
            SequenceOption::SequenceName(name) => Some(name),
            _ => None,
        });
        let name = if let Some(name) = named {
            if name.schema().is_some() {
                schema = self.creation_schema(name)?;
            }
            self.relation_and_type_name_is_free(schema, &name.name)?;
            name.name.text.clone()
        } else {
            let parts = (table_name.as_str(), Some(column_name.as_str()));
            choose_name::relation_name(self.catalog, schema, parts, "seq", false)
        };
        Ok(self.insert_sequence(schema, &name, persistence, sequence))
    }

    /// Gives a column that becomes an identity column its sequence.
    pub(super) fn identity_sequence(
        &mut self,
        table: ObjectId,
        column: ColumnNumber,
        options: &[SequenceOption],
    ) -> Outcome {
        let ty = self.catalog.relation(table).and_then(|it| it.column_numbered(column));
        let ty = ty.map_or(TypeRef::UNKNOWN, |it| it.ty.ty);
        self.create_owned_sequence(table, column, ty, Some(options), self.range)?;
        Ok(())
    }

    /// Changes the sequence of an identity column.
    pub(super) fn change_sequence(&mut self, id: ObjectId, options: &[SequenceOption]) -> Outcome {
        let Some(mut sequence) = self.catalog.relation(id).and_then(|it| it.as_sequence().cloned())
        else {
            return Ok(());
        };
        self.set_sequence(&mut sequence, options, true, self.range)?;
        self.catalog.update_relation(id, |it| it.kind = RelationKind::Sequence(sequence));
        Ok(())
    }

    /// Gives the sequence of an identity column the type that the column has now.
    pub(super) fn set_sequence_type(
        &mut self,
        id: ObjectId,
        ty: TypeRef,
        range: TextRange,
    ) -> Outcome {
        let (Some(to), Some(mut sequence)) =
            (integer_type(ty), self.catalog.relation(id).and_then(|it| it.as_sequence().cloned()))
        else {
            return refused(
                Code::InvalidParameterValue,
                "identity column type must be smallint, integer, or bigint",
                range,
            );
        };
        if !ty.is_unknown() {
            let limits = take_type(&mut sequence, to);
            self.settle(&mut sequence, limits, range)?;
            self.catalog.update_relation(id, |it| it.kind = RelationKind::Sequence(sequence));
        }
        Ok(())
    }

    fn insert_sequence(
        &mut self,
        schema: ObjectId,
        name: &str,
        persistence: Persistence,
        sequence: Sequence,
    ) -> ObjectId {
        let relation = Relation {
            schema,
            name: name.to_owned(),
            kind: RelationKind::Sequence(sequence),
            columns: Vec::new(),
            next_column: 1,
            persistence,
            options: Vec::new(),
            access_method: None,
            tablespace: None,
        };
        self.catalog.insert(Object::Relation(relation), self.place)
    }

    /// Sets what options say of a sequence, which must make sense together. Who owns it is not
    /// among that.
    pub(super) fn set_sequence(
        &self,
        sequence: &mut Sequence,
        options: &[SequenceOption],
        identity: bool,
        range: TextRange,
    ) -> Outcome {
        let invalid = |message: String| refused(Code::InvalidParameterValue, message, range);
        check_repetition(options, range)?;
        let mut limits = (false, false);
        for option in options {
            match option {
                SequenceOption::As(ty) => {
                    let found = self.column_type(ty)?.ty;
                    let Some(integer) = integer_type(found) else {
                        let what = if identity { "identity column" } else { "sequence" };
                        return invalid(format!(
                            "{what} type must be smallint, integer, or bigint"
                        ));
                    };
                    let moved = take_type(sequence, integer);
                    limits = (limits.0 || moved.0, limits.1 || moved.1);
                }
                SequenceOption::Cache(value) => {
                    sequence.cache = integer(value)?;
                    if sequence.cache <= 0 {
                        let message =
                            format!("CACHE ({}) must be greater than zero", sequence.cache);
                        return refused(Code::InvalidParameterValue, message, value.range);
                    }
                }
                SequenceOption::Increment(value) => {
                    sequence.increment = integer(value)?;
                    if sequence.increment == 0 {
                        let message = "INCREMENT must not be zero";
                        return refused(Code::InvalidParameterValue, message, value.range);
                    }
                }
                SequenceOption::Start(value) => sequence.start = integer(value)?,
                SequenceOption::MaxValue(Some(value)) => {
                    sequence.max = integer(value)?;
                    limits.1 = false;
                }
                SequenceOption::MinValue(Some(value)) => {
                    sequence.min = integer(value)?;
                    limits.0 = false;
                }
                SequenceOption::MaxValue(None) => limits.1 = true,
                SequenceOption::MinValue(None) => limits.0 = true,
                SequenceOption::Cycle(cycle) => sequence.cycle = *cycle,
                SequenceOption::SequenceName(name) if !identity => {
                    let message = "invalid sequence option SEQUENCE NAME";
                    return refused(Code::SyntaxError, message, name.range);
                }
                SequenceOption::Restart(_)
                | SequenceOption::OwnedBy(_)
                | SequenceOption::SequenceName(_)
                | SequenceOption::Logged
                | SequenceOption::Unlogged => {}
            }
        }
        self.settle(sequence, limits, range)
    }

    /// Moves limits to where they are unless told otherwise, and looks at them all.
    fn settle(&self, sequence: &mut Sequence, limits: (bool, bool), range: TextRange) -> Outcome {
        let invalid = |message: String| refused(Code::InvalidParameterValue, message, range);
        let (least, most) = bounds(sequence.data_type);
        let rises = sequence.increment > 0;
        if limits.0 {
            sequence.min = if rises { 1 } else { least };
        }
        if limits.1 {
            sequence.max = if rises { most } else { -1 };
        }
        for (word, value) in [("MAXVALUE", sequence.max), ("MINVALUE", sequence.min)] {
            if !(least..=most).contains(&value) {
                let ty = sequence.data_type;
                let ty = self.catalog.bare_type_name(TypeRef::catalog(ty));
                return invalid(format!(
                    "{word} ({value}) is out of range for sequence data type {ty}"
                ));
            }
        }
        let Sequence { min, max, start, .. } = *sequence;
        if min >= max {
            return invalid(format!("MINVALUE ({min}) must be less than MAXVALUE ({max})"));
        }
        if start < min {
            return invalid(format!("START value ({start}) cannot be less than MINVALUE ({min})"));
        }
        if start > max {
            return invalid(format!(
                "START value ({start}) cannot be greater than MAXVALUE ({max})"
            ));
        }
        Ok(())
    }

    /// Sets what `OWNED BY` says, if it is there.
    fn set_owner(
        &self,
        sequence: &mut Sequence,
        options: &[SequenceOption],
        schema: ObjectId,
    ) -> Outcome {
        for option in options {
            match option {
                SequenceOption::OwnedBy(None) => sequence.owner = None,
                SequenceOption::OwnedBy(Some(name)) => {
                    sequence.owner = Some(self.sequence_owner(name, schema)?);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn sequence_owner(&self, name: &Name, schema: ObjectId) -> Outcome<SequenceOwner> {
        let mut table = name.clone();
        let Some(last) = table.qualifiers.pop() else {
            return Refusal::new(Code::SyntaxError, "invalid OWNED BY option")
                .at(name.range)
                .help("write `OWNED BY table.column` or `OWNED BY NONE`")
                .stop();
        };
        let column = std::mem::replace(&mut table.name, last);
        table.range = table.qualifiers.first().map_or(table.name.range, |it| it.range);
        table.range = table.range.to(table.name.range);
        let id = match self.relation_hit(&table)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(..) => return Err(super::Stop::Unknown),
        };
        let Some(relation) = self.catalog.relation(id) else { return Err(super::Stop::Unknown) };
        if !matches!(relation.kind, RelationKind::Table(_) | RelationKind::View(_)) {
            return refused(
                Code::WrongObjectType,
                format!("sequence cannot be owned by relation \"{}\"", relation.name),
                table.range,
            );
        }
        if relation.schema != schema {
            return refused(
                Code::NotInPrerequisiteState,
                "sequence must be in same schema as table it is linked to",
                table.range,
            );
        }
        let column = self.column(id, &column)?;
        Ok(SequenceOwner { table: id, column, identity: false })
    }
}

/// The default of a `serial` column.
pub(super) fn next_value(sequence: ObjectId) -> Text {
    let mut text = Text::plain("nextval(");
    text.push_hole(Hole::Literal(sequence));
    text.push("::regclass)");
    text
}

/// A sequence of a type with nothing set but what follows from its direction and its limits:
/// those decide where it starts.
fn initial(
    data_type: &'static str,
    options: &[SequenceOption],
    range: TextRange,
) -> Outcome<Sequence> {
    check_repetition(options, range)?;
    let mut data_type = data_type;
    let (mut increment, mut min, mut max) = (1, None, None);
    for option in options {
        match option {
            SequenceOption::As(ty) => {
                let named = ty.name.name.text.as_str();
                data_type = INTEGERS.into_iter().find(|it| *it == named).unwrap_or(data_type);
            }
            SequenceOption::Increment(value) => increment = integer(value)?,
            SequenceOption::MinValue(Some(value)) => min = Some(integer(value)?),
            SequenceOption::MaxValue(Some(value)) => max = Some(integer(value)?),
            _ => {}
        }
    }
    let (least, most) = bounds(data_type);
    let rises = increment > 0;
    let min = min.unwrap_or(if rises { 1 } else { least });
    let max = max.unwrap_or(if rises { most } else { -1 });
    let start = if rises { min } else { max };
    Ok(Sequence { data_type, start, increment, min, max, cache: 1, cycle: false, owner: None })
}

const INTEGERS: [&str; 3] = ["int2", "int4", "int8"];

/// Gives a sequence a type. Says which of the limits were those of the old type, and follow.
fn take_type(sequence: &mut Sequence, to: &'static str) -> (bool, bool) {
    let (least, most) = bounds(sequence.data_type);
    sequence.data_type = to;
    (sequence.min == least, sequence.max == most)
}

/// The integer type that it is.
fn integer_type(ty: TypeRef) -> Option<&'static str> {
    match ty.base {
        // What is not known may be one of them.
        BaseType::Unknown => Some("int8"),
        _ => INTEGERS.into_iter().find(|name| ty.is(name)),
    }
}

fn bounds(data_type: &str) -> (i64, i64) {
    match data_type {
        "int2" => (i16::MIN.into(), i16::MAX.into()),
        "int4" => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    }
}

fn check_repetition(options: &[SequenceOption], range: TextRange) -> Outcome {
    let kind = |option: &SequenceOption| match option {
        SequenceOption::As(_) => 0,
        SequenceOption::Cache(_) => 1,
        SequenceOption::Increment(_) => 2,
        SequenceOption::Start(_) => 3,
        SequenceOption::Restart(_) => 4,
        SequenceOption::MaxValue(_) => 5,
        SequenceOption::MinValue(_) => 6,
        SequenceOption::Cycle(_) => 7,
        SequenceOption::OwnedBy(_) => 8,
        SequenceOption::SequenceName(_) => 9,
        SequenceOption::Logged | SequenceOption::Unlogged => 10,
    };
    let mut kinds: Vec<u8> = options.iter().map(kind).collect();
    let count = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() == count {
        return Ok(());
    }
    refused(Code::SyntaxError, "conflicting or redundant options", range)
}

/// An integer, as a constant with a sign.
fn integer(value: &Expr) -> Outcome<i64> {
    let (text, negative) = match &value.kind {
        ExprKind::Constant(Constant::Integer(text) | Constant::Number(text)) => (text, false),
        ExprKind::Operator { op, left: None, right } => match &right.kind {
            ExprKind::Constant(Constant::Integer(text) | Constant::Number(text)) => {
                (text, op.symbol == "-")
            }
            _ => return Err(super::Stop::Unknown),
        },
        _ => return Err(super::Stop::Unknown),
    };
    let text = if negative { format!("-{text}") } else { text.clone() };
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    let (code, message) = if text.bytes().all(|it| it.is_ascii_digit() || it == b'-') {
        (Code::NumericValueOutOfRange, format!("value \"{text}\" is out of range for type bigint"))
    } else {
        (
            Code::InvalidTextRepresentation,
            format!("invalid input syntax for type bigint: \"{text}\""),
        )
    };
    refused(code, message, value.range)
}
