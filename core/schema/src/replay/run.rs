//! One statement on its way through the catalog.

use super::Outcome;
use crate::ast::{Statement, TextRange};
use crate::catalog::{Catalog, NameSpace, ObjectId, Place};

/// A statement that is being run.
pub(crate) struct Run<'a> {
    pub(crate) catalog: &'a mut Catalog,
    /// The text that it stands in; all ranges are in it.
    pub(crate) text: &'a str,
    /// Where the statement of the chain stands that is being run.
    pub(crate) place: Place,
    /// Where in the text the statement stands: that of the chain, or one in a body.
    pub(crate) range: TextRange,
    /// Whether it is in a transaction with others.
    pub(crate) in_transaction: bool,
    /// How many functions are being run, each called by the one before.
    pub(super) calls: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        catalog: &'a mut Catalog,
        text: &'a str,
        place: Place,
        in_transaction: bool,
    ) -> Self {
        let range = TextRange { start: place.range().start, end: place.range().end };
        Self { catalog, text, place, range, in_transaction, calls: 0 }
    }

    /// Does what a statement does.
    pub(crate) fn statement(&mut self, statement: &Statement) -> Outcome {
        let before = self.catalog.mark();
        self.dispatch(statement)?;
        self.make_room_since(before);
        if before != self.catalog.mark() && self.is_watched() {
            self.catalog.opaque.get_or_insert(self.place);
        }
        if evaluates(statement) { self.run_calls_in(self.range) } else { Ok(()) }
    }

    /// Does what a statement does that stands in a body.
    pub(super) fn statement_at(&mut self, statement: &Statement, range: TextRange) -> Outcome {
        let whole = std::mem::replace(&mut self.range, range);
        let outcome = self.statement(statement);
        self.range = whole;
        outcome
    }

    fn dispatch(&mut self, statement: &Statement) -> Outcome {
        use Statement as S;
        match statement {
            S::AlterDomain(it) => self.alter_domain(it),
            S::AlterEventTrigger(it) => self.alter_event_trigger(it),
            S::AlterExtension(it) => self.alter_extension(it),
            S::AlterFunction(it) => self.alter_function(it),
            S::AlterPolicy(it) => self.alter_policy(it),
            S::AlterSequence(it) => self.alter_sequence(it),
            S::AlterTable(it) => self.alter_table(it),
            S::AlterType(it) => self.alter_type(it),
            S::Call(it) => self.call(it),
            S::Comment(it) => self.comment(it),
            S::CreateAggregate(it) => self.create_aggregate(it),
            S::CreateDomain(it) => self.create_domain(it),
            S::CreateEventTrigger(it) => self.create_event_trigger(it),
            S::CreateExtension(it) => self.create_extension(it),
            S::CreateFunction(it) => self.create_function(it),
            S::CreateIndex(it) => self.create_index(it),
            S::CreateMaterializedView(it) => self.create_materialized_view(it),
            S::CreatePolicy(it) => self.create_policy(it),
            S::CreateRule(it) => self.create_rule(it),
            S::CreateSchema(it) => self.create_schema(it),
            S::CreateSequence(it) => self.create_sequence(it),
            S::CreateTable(it) => self.create_table(it),
            S::CreateTableAs(it) => self.create_table_as(it),
            S::CreateTrigger(it) => self.create_trigger(it),
            S::CreateType(it) => self.create_type(it),
            S::CreateView(it) => self.create_view(it),
            S::Do(it) => self.do_block(it),
            S::Drop(it) => self.drop(it),
            S::Grant(it) => self.grant(it),
            S::OwnerTo(it) => self.owner_to(it),
            S::Query(it) => self.query(it),
            S::Refresh(it) => self.refresh(it),
            S::Rename(it) => self.rename(it),
            S::Reset(it) => self.reset(it),
            S::Set(it) => self.set(it),
            S::SetSchema(it) => self.set_schema(it),
            S::Insert(_) | S::Update(_) | S::Delete(_) | S::Merge(_) => self.change_rows(statement),
            S::Prepare(it) => self.prepare(it),
            S::Execute(it) => self.execute(it),
            S::Deallocate(it) => self.deallocate(it.as_ref()),
            S::DeclareCursor(it) => self.declare_cursor(it),
            S::Truncate(it) => self.truncate(it),
            S::Lock(it) => self.lock(it),
            S::Vacuum(it) => self.vacuum(it),
            S::Copy(it) => self.copy(it),
            S::Reindex(it) => self.reindex(it),
            S::Cluster(it) => self.cluster(it),
            S::Discard(what) => self.discard(*what),
            S::Explain(it) => self.explain(it.analyze, &it.statement),
            S::Show(name) => name.as_ref().map_or(Ok(()), |name| self.parameter_exists(name)),
            S::Checkpoint
            | S::Close(_)
            | S::Empty
            | S::Fetch(_)
            | S::Listen(_)
            | S::Load(_)
            | S::Notify(_)
            | S::SetConstraints(_)
            | S::Unlisten(_) => Ok(()),
            _ => self.other(statement),
        }
    }
}

/// Whether a statement computes something of rows, and is none of those that are about rows only.
fn evaluates(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::AlterDomain(_)
            | S::AlterTable(_)
            | S::Copy(_)
            | S::CreateIndex(_)
            | S::CreateMaterializedView(_)
            | S::Execute(_)
            | S::Refresh(_)
            | S::Truncate(_)
    )
}

/// Whether a statement can change the schema, itself or by a function that it calls.
pub(super) fn may_change_the_schema(statement: &Statement) -> bool {
    use Statement as S;
    // Every other statement defines something, or may call a function that does.
    !matches!(
        statement,
        S::AlterSystem(_)
            | S::Checkpoint
            | S::Close(_)
            | S::Cluster(_)
            | S::Comment(_)
            | S::Deallocate(_)
            | S::Empty
            | S::Fetch(_)
            | S::Grant(_)
            | S::GrantRole(_)
            | S::Listen(_)
            | S::Lock(_)
            | S::Notify(_)
            | S::OwnerTo(_)
            | S::Refresh(_)
            | S::Reindex(_)
            | S::Reset(_)
            | S::SecurityLabel(_)
            | S::SetConstraints(_)
            | S::Show(_)
            | S::Truncate(_)
            | S::Unlisten(_)
            | S::Vacuum(_)
    )
}

/// What was temporary goes at the end of the session.
pub(super) fn drop_temporary(catalog: &mut Catalog) {
    let Some(&schema) = catalog.named(NameSpace::Schema, None, Catalog::TEMPORARY).first() else {
        return;
    };
    drop_all(catalog, vec![schema]);
}

/// What was to go at the end of the transaction goes.
pub(super) fn drop_on_commit(catalog: &mut Catalog) {
    let tables = std::mem::take(&mut catalog.session.on_commit_drop);
    drop_all(catalog, tables);
}

/// Drops objects with all that need them.
fn drop_all(catalog: &mut Catalog, mut going: Vec<ObjectId>) {
    let mut at = 0;
    while let Some(id) = going.get(at).copied() {
        let more: Vec<_> = catalog.dependents(id).filter(|it| !going.contains(it)).collect();
        going.extend(more);
        at += 1;
    }
    for id in going.into_iter().rev() {
        catalog.remove(id, Place::BEFORE);
    }
}
