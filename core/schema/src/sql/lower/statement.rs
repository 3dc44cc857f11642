//! Which statement a node is.

use squawk_syntax::ast::{AstNode, Stmt};
use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::query::is_query;
use crate::ast::{
    AlterFunction, AlterOperator, AlterTextSearch, ObjectKind as O, ObjectRef, PropertyGraph,
    RelationRef, RoleKind, Statement as S,
};

impl Lower {
    pub(super) fn statement(self, node: &Node) -> Result<S> {
        match Stmt::cast(node.clone()) {
            Some(stmt) => self.stmt(&stmt),
            None if is_query(node.kind()) => self.query(node).map(S::Query),
            None => {
                let words: Vec<String> =
                    node.tokens().take(3).map(|it| it.text().to_owned()).collect();
                Ok(S::Unknown { words: words.join(" ") })
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one line a command, so that none is left out")]
    fn stmt(self, stmt: &Stmt) -> Result<S> {
        let n = stmt.syntax();
        Ok(match stmt {
            Stmt::AlterAggregate(_) => self.alter_only(n, self.function_ref(n, O::Aggregate)?)?,
            Stmt::AlterCollation(_) => self.refresh_or_alter(n, O::Collation, K::COLLATION_REF)?,
            Stmt::AlterConversion(_) => self.alter_named(n, O::Conversion, K::CONVERSION_REF)?,
            Stmt::AlterDatabase(_) => {
                let database = self.object_in(n, O::Database, K::DATABASE_REF)?;
                match self.alter_object(n, database)? {
                    Some(statement) => statement,
                    None => S::AlterDatabase(self.alter_database(n)?),
                }
            }
            Stmt::AlterDefaultPrivileges(_) => {
                S::AlterDefaultPrivileges(self.alter_default_privileges(n)?)
            }
            Stmt::AlterDomain(_) => {
                let domain = self.object_in(n, O::Domain, K::DOMAIN_REF)?;
                match self.alter_object(n, domain)? {
                    Some(statement) => statement,
                    None => S::AlterDomain(self.alter_domain(n)?),
                }
            }
            Stmt::AlterEventTrigger(_) => {
                let trigger = self.object_in(n, O::EventTrigger, K::EVENT_TRIGGER_REF)?;
                match self.alter_object(n, trigger)? {
                    Some(statement) => statement,
                    None => S::AlterEventTrigger(self.alter_event_trigger(n)?),
                }
            }
            Stmt::AlterExtension(_) => {
                let extension = self.object_in(n, O::Extension, K::EXTENSION_REF)?;
                match self.alter_object(n, extension)? {
                    Some(statement) => statement,
                    None => S::AlterExtension(self.alter_extension(n)?),
                }
            }
            Stmt::AlterForeignDataWrapper(_) => {
                let name = K::FOREIGN_DATA_WRAPPER_REF;
                let wrapper = self.object_in(n, O::ForeignDataWrapper, name)?;
                match self.alter_object(n, wrapper)? {
                    Some(statement) => statement,
                    None => S::ForeignDataWrapper(self.foreign_data_wrapper(n)?),
                }
            }
            Stmt::AlterForeignTable(_) => self.alter_relation(n, O::ForeignTable)?,
            Stmt::AlterFunction(_) => self.alter_function(n, O::Function)?,
            Stmt::AlterGroup(_) | Stmt::AlterRole(_) | Stmt::AlterUser(_) => {
                match n.kid(K::ROLE_REF).filter(|_| n.has(K::ROLE_RENAME_TO)) {
                    Some(_) => self.alter_named(n, O::Role, K::ROLE_REF)?,
                    None => S::AlterRole(self.alter_role(n)?),
                }
            }
            Stmt::AlterIndex(_) => self.alter_relation(n, O::Index)?,
            Stmt::AlterLanguage(_) => self.alter_named(n, O::Language, K::LANGUAGE_REF)?,
            Stmt::AlterLargeObject(_) => {
                let object = self.object_in(n, O::LargeObject, K::LITERAL)?;
                let owner = self.role(&self.need(n, K::ROLE_REF)?)?;
                S::OwnerTo(crate::ast::OwnerTo { object, owner })
            }
            Stmt::AlterMaterializedView(_) => self.alter_relation(n, O::MaterializedView)?,
            Stmt::AlterOperator(_) => {
                let sig = self.need(n, K::OP_SIG)?;
                let operator = self.operator_ref(&sig)?;
                match self.alter_object(n, operator.clone())? {
                    Some(statement) => statement,
                    None => S::AlterOperator(AlterOperator {
                        operator,
                        options: self.need_definition(&self.need(n, K::SET_OPTIONS)?)?,
                    }),
                }
            }
            Stmt::AlterOperatorClass(_) => {
                self.alter_only(n, self.with_method(n, O::OperatorClass, K::OP_CLASS_REF)?)?
            }
            Stmt::AlterOperatorFamily(_) => {
                let family = self.with_method(n, O::OperatorFamily, K::OP_FAMILY_REF)?;
                match self.alter_object(n, family)? {
                    Some(statement) => statement,
                    None => S::AlterOperatorFamily(self.alter_operator_family(n)?),
                }
            }
            Stmt::AlterPropertyGraph(_) => {
                let graph = self.object_in(n, O::PropertyGraph, K::PROPERTY_GRAPH_REF)?;
                let name = graph.name.clone();
                match self.alter_object(n, graph)? {
                    Some(statement) => statement,
                    None => S::PropertyGraph(PropertyGraph { name, alter: true }),
                }
            }
            Stmt::AlterPolicy(_) => {
                let policy = self.on_table(n, O::Policy, K::POLICY_REF)?;
                match self.alter_object(n, policy)? {
                    Some(statement) => statement,
                    None => S::AlterPolicy(self.alter_policy(n)?),
                }
            }
            Stmt::AlterProcedure(_) => self.alter_function(n, O::Procedure)?,
            Stmt::AlterPublication(_) => {
                let publication = self.object_in(n, O::Publication, K::PUBLICATION_REF)?;
                match self.alter_object(n, publication)? {
                    Some(statement) => statement,
                    None => S::AlterPublication(self.alter_publication(n)?),
                }
            }
            Stmt::AlterRoutine(_) => self.alter_function(n, O::Routine)?,
            Stmt::AlterRule(_) => self.alter_only(n, self.on_table(n, O::Rule, K::RULE_REF)?)?,
            Stmt::AlterSchema(_) => self.alter_named(n, O::Schema, K::SCHEMA_REF)?,
            Stmt::AlterSequence(_) => {
                let sequence = self.object_in(n, O::Sequence, K::SEQUENCE_REF)?;
                match self.alter_object(n, sequence)? {
                    Some(statement) => statement,
                    None => S::AlterSequence(self.alter_sequence(n)?),
                }
            }
            Stmt::AlterServer(_) => {
                let server = self.object_in(n, O::ForeignServer, K::SERVER_REF)?;
                match self.alter_object(n, server)? {
                    Some(statement) => statement,
                    None => S::ForeignServer(self.foreign_server(n)?),
                }
            }
            Stmt::AlterStatistics(_) => {
                let statistics = self.object_in(n, O::Statistics, K::STATISTICS_REF)?;
                match self.alter_object(n, statistics)? {
                    Some(statement) => statement,
                    None => S::AlterStatistics(self.alter_statistics(n)?),
                }
            }
            Stmt::AlterSubscription(_) => {
                let subscription = self.object_in(n, O::Subscription, K::SUBSCRIPTION_REF)?;
                match self.alter_object(n, subscription)? {
                    Some(statement) => statement,
                    None => S::AlterSubscription(self.alter_subscription(n)?),
                }
            }
            Stmt::AlterSystem(_) => S::AlterSystem(self.alter_system(n)?),
            Stmt::AlterTable(_) => self.alter_relation(n, O::Table)?,
            Stmt::AlterTablespace(_) => {
                let tablespace = self.object_in(n, O::Tablespace, K::TABLESPACE_REF)?;
                match self.alter_object(n, tablespace)? {
                    Some(statement) => statement,
                    None => S::AlterTablespace(self.alter_tablespace(n)?),
                }
            }
            Stmt::AlterTextSearchConfiguration(_) => self.alter_text_search_object(
                n,
                O::TextSearchConfiguration,
                K::TEXT_SEARCH_CONFIGURATION_REF,
            )?,
            Stmt::AlterTextSearchDictionary(_) => self.alter_text_search_object(
                n,
                O::TextSearchDictionary,
                K::TEXT_SEARCH_DICTIONARY_REF,
            )?,
            Stmt::AlterTextSearchParser(_) => {
                self.alter_named(n, O::TextSearchParser, K::TEXT_SEARCH_PARSER_REF)?
            }
            Stmt::AlterTextSearchTemplate(_) => {
                self.alter_named(n, O::TextSearchTemplate, K::TEXT_SEARCH_TEMPLATE_REF)?
            }
            Stmt::AlterTrigger(_) => {
                self.alter_only(n, self.on_table(n, O::Trigger, K::TRIGGER_REF)?)?
            }
            Stmt::AlterType(_) => {
                let ty = self.object_in(n, O::Type, K::TYPE_NAME_REF)?;
                match self.alter_object(n, ty)? {
                    Some(statement) => statement,
                    None => S::AlterType(self.alter_type(n)?),
                }
            }
            Stmt::AlterUserMapping(_) | Stmt::CreateUserMapping(_) | Stmt::DropUserMapping(_) => {
                S::UserMapping(self.user_mapping(n)?)
            }
            Stmt::AlterView(_) => self.alter_relation(n, O::View)?,
            Stmt::Analyze(_) | Stmt::Vacuum(_) => S::Vacuum(self.vacuum(n)?),
            Stmt::Begin(_)
            | Stmt::Commit(_)
            | Stmt::Rollback(_)
            | Stmt::PrepareTransaction(_)
            | Stmt::ReleaseSavepoint(_)
            | Stmt::SavepointCreate(_) => S::Transaction(self.transaction(n)?),
            Stmt::Call(_) => S::Call(self.call(n)?),
            Stmt::Checkpoint(_) => S::Checkpoint,
            Stmt::Close(_) => S::Close(self.name_or_all(n, K::CURSOR_REF)?),
            Stmt::Cluster(_) | Stmt::Repack(_) => S::Cluster(self.cluster(n)?),
            Stmt::CommentOn(_) => S::Comment(self.comment(n)?),
            Stmt::Copy(_) => S::Copy(self.copy(n)?),
            Stmt::CreateAccessMethod(_) => S::CreateAccessMethod(self.create_access_method(n)?),
            Stmt::CreateAggregate(_) => S::CreateAggregate(self.create_aggregate(n)?),
            Stmt::CreateCast(_) => S::CreateCast(self.create_cast(n)?),
            Stmt::CreateCollation(_) => S::CreateCollation(self.create_collation(n)?),
            Stmt::CreateConversion(_) => S::CreateConversion(self.create_conversion(n)?),
            Stmt::CreateDatabase(_) => S::CreateDatabase(self.create_database(n)?),
            Stmt::CreateDomain(_) => S::CreateDomain(self.create_domain(n)?),
            Stmt::CreateEventTrigger(_) => S::CreateEventTrigger(self.create_event_trigger(n)?),
            Stmt::CreateExtension(_) => S::CreateExtension(self.create_extension(n)?),
            Stmt::CreateForeignDataWrapper(_) => {
                S::ForeignDataWrapper(self.foreign_data_wrapper(n)?)
            }
            Stmt::CreateForeignTable(_) | Stmt::CreateTable(_) => {
                S::CreateTable(self.create_table(n)?)
            }
            Stmt::CreateFunction(_) | Stmt::CreateProcedure(_) => {
                S::CreateFunction(self.create_function(n)?)
            }
            Stmt::CreateGroup(_) => S::CreateRole(self.create_role(n, RoleKind::Group)?),
            Stmt::CreateIndex(_) => S::CreateIndex(self.create_index(n)?),
            Stmt::CreateLanguage(_) => S::CreateLanguage(self.create_language(n)?),
            Stmt::CreateMaterializedView(_) => {
                S::CreateMaterializedView(self.create_materialized_view(n)?)
            }
            Stmt::CreateOperator(_) => S::CreateOperator(self.create_operator(n)?),
            Stmt::CreateOperatorClass(_) => S::CreateOperatorClass(self.create_operator_class(n)?),
            Stmt::CreateOperatorFamily(_) => {
                S::CreateOperatorFamily(self.create_operator_family(n)?)
            }
            Stmt::CreatePropertyGraph(_) => S::PropertyGraph(PropertyGraph {
                name: self.name_in(n, K::PROPERTY_GRAPH)?,
                alter: false,
            }),
            Stmt::CreatePolicy(_) => S::CreatePolicy(self.create_policy(n)?),
            Stmt::CreatePublication(_) => S::CreatePublication(self.create_publication(n)?),
            Stmt::CreateRole(_) => S::CreateRole(self.create_role(n, RoleKind::Role)?),
            Stmt::CreateRule(_) => S::CreateRule(self.create_rule(n)?),
            Stmt::CreateSchema(_) => S::CreateSchema(self.create_schema(n)?),
            Stmt::CreateSequence(_) => S::CreateSequence(self.create_sequence(n)?),
            Stmt::CreateServer(_) => S::ForeignServer(self.foreign_server(n)?),
            Stmt::CreateStatistics(_) => S::CreateStatistics(self.create_statistics(n)?),
            Stmt::CreateSubscription(_) => S::CreateSubscription(self.create_subscription(n)?),
            Stmt::CreateTableAs(_) => S::CreateTableAs(self.create_table_as(n)?),
            Stmt::CreateTablespace(_) => S::CreateTablespace(self.create_tablespace(n)?),
            Stmt::CreateTextSearchConfiguration(_) => {
                S::CreateTextSearch(self.create_text_search(
                    n,
                    O::TextSearchConfiguration,
                    K::TEXT_SEARCH_CONFIGURATION,
                )?)
            }
            Stmt::CreateTextSearchDictionary(_) => S::CreateTextSearch(self.create_text_search(
                n,
                O::TextSearchDictionary,
                K::TEXT_SEARCH_DICTIONARY,
            )?),
            Stmt::CreateTextSearchParser(_) => S::CreateTextSearch(self.create_text_search(
                n,
                O::TextSearchParser,
                K::TEXT_SEARCH_PARSER,
            )?),
            Stmt::CreateTextSearchTemplate(_) => S::CreateTextSearch(self.create_text_search(
                n,
                O::TextSearchTemplate,
                K::TEXT_SEARCH_TEMPLATE,
            )?),
            Stmt::CreateTransform(_) => S::CreateTransform(self.create_transform(n)?),
            Stmt::CreateTrigger(_) => S::CreateTrigger(self.create_trigger(n)?),
            Stmt::CreateType(_) => S::CreateType(self.create_type(n)?),
            Stmt::CreateUser(_) => S::CreateRole(self.create_role(n, RoleKind::User)?),
            Stmt::CreateView(_) => S::CreateView(self.create_view(n)?),
            Stmt::Deallocate(_) => S::Deallocate(self.name_or_all(n, K::PREPARED_STATEMENT_REF)?),
            Stmt::Declare(_) => S::DeclareCursor(self.declare(n)?),
            Stmt::Delete(_) => S::Delete(self.delete(n)?),
            Stmt::Discard(_) => S::Discard(self.discard(n)?),
            Stmt::Do(_) => S::Do(self.do_block(n)?),
            Stmt::DropAccessMethod(_) => self.drop(n, O::AccessMethod, K::ACCESS_METHOD_REF)?,
            Stmt::DropAggregate(_) => self.drop(n, O::Aggregate, K::AGGREGATE)?,
            Stmt::DropCast(_) => self.drop_one(n, O::Cast)?,
            Stmt::DropCollation(_) => self.drop(n, O::Collation, K::COLLATION_REF)?,
            Stmt::DropConversion(_) => self.drop(n, O::Conversion, K::CONVERSION_REF)?,
            Stmt::DropDatabase(_) => self.drop(n, O::Database, K::DATABASE_REF)?,
            Stmt::DropDomain(_) => self.drop(n, O::Domain, K::DOMAIN_REF)?,
            Stmt::DropEventTrigger(_) => self.drop(n, O::EventTrigger, K::EVENT_TRIGGER_REF)?,
            Stmt::DropExtension(_) => self.drop(n, O::Extension, K::EXTENSION_REF)?,
            Stmt::DropForeignDataWrapper(_) => {
                self.drop(n, O::ForeignDataWrapper, K::FOREIGN_DATA_WRAPPER_REF)?
            }
            Stmt::DropForeignTable(_) => self.drop(n, O::ForeignTable, K::TABLE_NAME_REF)?,
            Stmt::DropFunction(_) => self.drop_listed(n, O::Function, K::FUNCTION_SIG_LIST)?,
            Stmt::DropGroup(_) => S::DropRole(self.drop_role(n, RoleKind::Group)?),
            Stmt::DropIndex(_) => self.drop(n, O::Index, K::INDEX_REF)?,
            Stmt::DropLanguage(_) => self.drop(n, O::Language, K::LANGUAGE_REF)?,
            Stmt::DropMaterializedView(_) => self.drop(n, O::MaterializedView, K::VIEW_REF)?,
            Stmt::DropOperator(_) => self.drop_listed(n, O::Operator, K::OP_SIG_LIST)?,
            Stmt::DropOperatorClass(_) => self.drop_one(n, O::OperatorClass)?,
            Stmt::DropOperatorFamily(_) => self.drop_one(n, O::OperatorFamily)?,
            Stmt::DropOwned(_) => S::DropOwned(self.drop_owned(n)?),
            Stmt::DropPropertyGraph(_) => self.drop(n, O::PropertyGraph, K::PROPERTY_GRAPH_REF)?,
            Stmt::DropPolicy(_) => self.drop_one(n, O::Policy)?,
            Stmt::DropProcedure(_) => self.drop_listed(n, O::Procedure, K::PROCEDURE_SIG_LIST)?,
            Stmt::DropPublication(_) => self.drop(n, O::Publication, K::PUBLICATION_REF)?,
            Stmt::DropRole(_) => S::DropRole(self.drop_role(n, RoleKind::Role)?),
            Stmt::DropRoutine(_) => self.drop_listed(n, O::Routine, K::ROUTINE_SIG_LIST)?,
            Stmt::DropRule(_) => self.drop_one(n, O::Rule)?,
            Stmt::DropSchema(_) => self.drop(n, O::Schema, K::SCHEMA_REF)?,
            Stmt::DropSequence(_) => self.drop(n, O::Sequence, K::SEQUENCE_REF)?,
            Stmt::DropServer(_) => self.drop(n, O::ForeignServer, K::SERVER_REF)?,
            Stmt::DropStatistics(_) => self.drop(n, O::Statistics, K::STATISTICS_REF)?,
            Stmt::DropSubscription(_) => self.drop(n, O::Subscription, K::SUBSCRIPTION_REF)?,
            Stmt::DropTable(_) => self.drop(n, O::Table, K::TABLE_NAME_REF)?,
            Stmt::DropTablespace(_) => self.drop(n, O::Tablespace, K::TABLESPACE_REF)?,
            Stmt::DropTextSearchConfig(_) => {
                self.drop(n, O::TextSearchConfiguration, K::TEXT_SEARCH_CONFIGURATION_REF)?
            }
            Stmt::DropTextSearchDict(_) => {
                self.drop(n, O::TextSearchDictionary, K::TEXT_SEARCH_DICTIONARY_REF)?
            }
            Stmt::DropTextSearchParser(_) => {
                self.drop(n, O::TextSearchParser, K::TEXT_SEARCH_PARSER_REF)?
            }
            Stmt::DropTextSearchTemplate(_) => {
                self.drop(n, O::TextSearchTemplate, K::TEXT_SEARCH_TEMPLATE_REF)?
            }
            Stmt::DropTransform(_) => self.drop_one(n, O::Transform)?,
            Stmt::DropTrigger(_) => self.drop_one(n, O::Trigger)?,
            Stmt::DropType(_) => self.drop(n, O::Type, K::TYPE_NAME_REF)?,
            Stmt::DropUser(_) => S::DropRole(self.drop_role(n, RoleKind::User)?),
            Stmt::DropView(_) => self.drop(n, O::View, K::VIEW_REF)?,
            Stmt::EmptyStmt(_) => S::Empty,
            Stmt::Execute(_) => S::Execute(self.execute(n)?),
            Stmt::Explain(_) => S::Explain(self.explain(n)?),
            Stmt::Fetch(_) | Stmt::Move(_) => S::Fetch(self.fetch(n)?),
            Stmt::Grant(_) | Stmt::Revoke(_) => self.grant(n)?,
            Stmt::ImportForeignSchema(_) => S::ImportForeignSchema(self.import_foreign_schema(n)?),
            Stmt::Insert(_) => S::Insert(self.insert(n)?),
            Stmt::Listen(_) => S::Listen(self.ident_in(n, K::CHANNEL)?),
            Stmt::Load(_) => S::Load(self.string_in(n)?),
            Stmt::Lock(_) => S::Lock(self.lock(n)?),
            Stmt::Merge(_) => S::Merge(self.merge(n)?),
            Stmt::Notify(_) => S::Notify(self.notify(n)?),
            Stmt::Prepare(_) => S::Prepare(self.prepare(n)?),
            Stmt::Reassign(_) => S::ReassignOwned(self.reassign_owned(n)?),
            Stmt::Refresh(_) => S::Refresh(self.refresh(n)?),
            Stmt::Reindex(_) => S::Reindex(self.reindex(n)?),
            Stmt::Reset(_) | Stmt::ResetRole(_) | Stmt::ResetSessionAuth(_) => {
                S::Reset(self.reset(n)?)
            }
            Stmt::SecurityLabel(_) => S::SecurityLabel(self.security_label(n)?),
            Stmt::Select(_)
            | Stmt::SelectInto(_)
            | Stmt::CompoundSelect(_)
            | Stmt::ParenSelect(_)
            | Stmt::Table(_)
            | Stmt::Values(_) => S::Query(self.query(n)?),
            Stmt::Set(_) | Stmt::SetRole(_) | Stmt::SetSessionAuth(_) | Stmt::SetTransaction(_) => {
                S::Set(self.set(n)?)
            }
            Stmt::SetConstraints(_) => S::SetConstraints(self.set_constraints(n)?),
            Stmt::Show(_) => S::Show(self.show(n)?),
            Stmt::Truncate(_) => S::Truncate(self.truncate(n)?),
            Stmt::Unlisten(_) => S::Unlisten(self.name_or_all(n, K::CHANNEL_REF)?),
            Stmt::Update(_) => S::Update(self.update(n)?),
        })
    }

    /// `ALTER` of what has only a name, an owner and a schema.
    fn alter_named(self, node: &Node, kind: O, name: K) -> Result<S> {
        self.alter_only(node, self.object_in(node, kind, name)?)
    }

    fn refresh_or_alter(self, node: &Node, kind: O, name: K) -> Result<S> {
        let object = self.object_in(node, kind, name)?;
        if node.has(K::REFRESH_VERSION) {
            return Ok(S::RefreshVersion(object));
        }
        self.alter_only(node, object)
    }

    fn alter_function(self, node: &Node, kind: O) -> Result<S> {
        let function = self.function_ref(node, kind)?;
        if let Some(list) = node.kid(K::FUNC_OPTION_LIST) {
            let options = self.func_options(&list)?;
            if options.is_empty() {
                return Err(self.missing(node));
            }
            return Ok(S::AlterFunction(AlterFunction { function, options }));
        }
        self.alter_only(node, function)
    }

    fn alter_text_search_object(self, node: &Node, kind: O, name: K) -> Result<S> {
        let object: ObjectRef = self.object_in(node, kind, name)?;
        let name = object.name.clone();
        match self.alter_object(node, object)? {
            Some(statement) => Ok(statement),
            None => Ok(S::AlterTextSearch(AlterTextSearch {
                kind,
                name,
                action: self.alter_text_search(node)?,
            })),
        }
    }

    /// `ALTER` of a relation: what all objects share, else a list of actions.
    fn alter_relation(self, node: &Node, kind: O) -> Result<S> {
        if let Some(all) = node.kid(K::ALL_IN_TABLESPACE) {
            return self.move_all(&all, kind).map(S::MoveAll);
        }
        let found = node.any(&[K::TABLE_RELATION_NAME, K::VIEW_REF, K::INDEX_REF]);
        let found = self.found(node, found)?;
        let table: RelationRef = self.relation(&found)?;
        let object = ObjectRef {
            kind,
            name: table.name.clone(),
            signature: crate::ast::Signature::None,
            range: self.range(&found),
        };
        if let Some(statement) = self.rename_part(node, kind, &table.name)? {
            return Ok(statement);
        }
        // An owner may stand in a list with other actions, and stays in it.
        let owner = node.has(K::OWNER_TO);
        if !owner && let Some(statement) = self.alter_object(node, object)? {
            return Ok(statement);
        }
        self.alter_table(node, kind, table).map(S::AlterTable)
    }
}
