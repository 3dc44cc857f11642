//! Tables, their columns and constraints.

use squawk_syntax::{SyntaxElement, SyntaxKind as K, SyntaxNode as Node};

use super::expr::is_expr;

use super::node::{Lower, Result, Tree};
use super::query::is_query;
use super::types::is_type;
use crate::ast::{
    AlterColumnAction, AlterTable, AlterTableAction, AlterTableActionKind as Action, AlteredColumn,
    ColumnConstraint, ColumnConstraintKind as ColumnKind, ColumnDef, ConstraintAttributes,
    CreateTable, CreateTableAs, DetachMode, ExcludeElement, Expr, Fires, ForeignTable, Ident,
    IndexParameters, IntoClause, KeyConstraint, LikeProperty, MatchType, MoveAll, ObjectKind,
    OnCommit, PartitionBound, PartitionBy, PartitionStrategy, Persistence, RefAction, Reference,
    RelationRef, ReplicaIdentity, RowSecurity, TableConstraint, TableConstraintKind as TableKind,
    TableElement, TableLike, TableSource, TriggerTarget,
};

/// `TEMPORARY`, `UNLOGGED` or neither, below a node.
pub(super) fn persistence(node: &Node) -> Persistence {
    if node.has(K::TEMP) {
        Persistence::Temporary
    } else if node.has(K::UNLOGGED) {
        Persistence::Unlogged
    } else {
        Persistence::Permanent
    }
}

fn on_commit(node: &Node) -> Option<OnCommit> {
    let clause = node.kid(K::ON_COMMIT)?;
    Some(if clause.has(K::PRESERVE_ROWS) {
        OnCommit::PreserveRows
    } else if clause.has(K::DELETE_ROWS) {
        OnCommit::DeleteRows
    } else {
        OnCommit::Drop
    })
}

impl Lower {
    /// `CREATE TABLE` and `CREATE FOREIGN TABLE`.
    pub(super) fn create_table(self, node: &Node) -> Result<CreateTable> {
        let of_type = self.opt(node, K::OF_TYPE, Self::type_in)?;
        let partition_of = match node.kid(K::PARTITION_OF) {
            Some(of) => {
                let bound = self.found(node, node.which(is_bound))?;
                Some((self.name_in(&of, K::TABLE_NAME_REF)?, self.partition_bound(&bound)?))
            }
            None => None,
        };
        let name = self.name_in(node, K::TABLE_NAME)?;
        let elements = match node.kid(K::TABLE_ARG_LIST) {
            Some(list) => {
                self.table_elements(&list, of_type.is_some() || partition_of.is_some())?
            }
            None if of_type.is_some() || partition_of.is_some() => Vec::new(),
            None => return Err(self.missing_after(self.need(node, K::TABLE_NAME)?.last_token())),
        };
        let foreign = if node.kind() == K::CREATE_FOREIGN_TABLE {
            let server = self.need(node, K::SERVER_CLAUSE)?;
            let server = self.ident_in(&server, K::SERVER_REF)?;
            Some(ForeignTable { server, options: self.foreign_options(node)? })
        } else {
            None
        };
        Ok(CreateTable {
            name,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            persistence: persistence(node),
            elements,
            inherits: match node.kid(K::INHERITS) {
                Some(inherits) => self.some(&inherits, K::TABLE_NAME_REF, Self::name)?,
                None => Vec::new(),
            },
            of_type,
            partition_of,
            partition_by: self.opt(node, K::PARTITION_BY, Self::partition_by)?,
            access_method: self.using_method(node)?,
            with: self.with_params(node)?,
            on_commit: on_commit(node),
            tablespace: self.tablespace(node)?,
            foreign,
        })
    }

    fn table_elements(self, list: &Node, typed: bool) -> Result<Vec<TableElement>> {
        list.children()
            .map(|it| {
                Ok(match it.kind() {
                    K::COLUMN => TableElement::Column(self.column_def(&it, typed)?),
                    K::LIKE_CLAUSE => TableElement::Like(self.table_like(&it)?),
                    _ => TableElement::Constraint(self.table_constraint(&it)?),
                })
            })
            .collect()
    }

    /// A column of a table, or the one that is added. A typed one has no type of its own.
    fn column_def(self, node: &Node, typed: bool) -> Result<ColumnDef> {
        let name = self.need(node, K::COLUMN_NAME)?;
        let ty = node.which(is_type).map(|it| self.type_name(&it)).transpose()?;
        if ty.is_none() && !typed {
            return Err(self.missing_after(name.last_token()));
        }
        let word =
            |kind: K, within: K| self.opt(node, kind, |it, clause| it.ident_in(clause, within));
        Ok(ColumnDef {
            name: self.ident(&name)?,
            ty,
            collation: self.collation(node)?,
            storage: word(K::STORAGE, K::STORAGE_MODE)?,
            compression: word(K::COMPRESSION_METHOD, K::COMPRESSION_METHOD_NAME)?,
            options: self.foreign_options(node)?,
            constraints: self.column_constraints(node)?,
            range: self.range(node),
        })
    }

    fn table_like(self, node: &Node) -> Result<TableLike> {
        let properties = |kind: K| {
            self.each(node, kind, |it, option| {
                let property = it.found(option, option.first_child())?;
                Ok(match property.kind() {
                    K::PROPERTY_ALL => LikeProperty::All,
                    K::PROPERTY_COMMENTS => LikeProperty::Comments,
                    K::PROPERTY_COMPRESSION => LikeProperty::Compression,
                    K::PROPERTY_CONSTRAINTS => LikeProperty::Constraints,
                    K::PROPERTY_DEFAULTS => LikeProperty::Defaults,
                    K::PROPERTY_GENERATED => LikeProperty::Generated,
                    K::PROPERTY_IDENTITY => LikeProperty::Identity,
                    K::PROPERTY_INDEXES => LikeProperty::Indexes,
                    K::PROPERTY_STATISTICS => LikeProperty::Statistics,
                    _ => LikeProperty::Storage,
                })
            })
        };
        Ok(TableLike {
            relation: self.name_in(node, K::RELATION_NAME_REF)?,
            including: properties(K::INCLUDING_PROPERTY)?,
            excluding: properties(K::EXCLUDING_PROPERTY)?,
        })
    }

    // Constraints.

    /// The constraints of a column directly below a node.
    pub(super) fn column_constraints(self, node: &Node) -> Result<Vec<ColumnConstraint>> {
        node.children().filter_map(|it| self.column_constraint(&it).transpose()).collect()
    }

    fn column_constraint(self, node: &Node) -> Result<Option<ColumnConstraint>> {
        let kind = match node.kind() {
            K::NOT_NULL_CONSTRAINT => ColumnKind::NotNull,
            K::NULL_CONSTRAINT => ColumnKind::Null,
            K::DEFAULT_CONSTRAINT => ColumnKind::Default(self.default_value(node)?),
            K::CHECK_CONSTRAINT => ColumnKind::Check(self.expr_in(node)?),
            K::GENERATED_CONSTRAINT => self.generated(node)?,
            K::PRIMARY_KEY_CONSTRAINT => ColumnKind::PrimaryKey(self.index_parameters(node)?),
            K::UNIQUE_CONSTRAINT => ColumnKind::Unique {
                nulls_not_distinct: nulls_not_distinct(node),
                index: self.index_parameters(node)?,
            },
            K::REFERENCES_CONSTRAINT => ColumnKind::References(self.reference(node)?),
            _ => return Ok(None),
        };
        Ok(Some(ColumnConstraint {
            name: self.constraint_name(node)?,
            kind,
            attributes: attributes(node),
            range: self.range(node),
        }))
    }

    /// A column's default, which is an expression without logic (`b_expr`), lest `NOT NULL`
    /// after it were a part of it.
    fn default_value(self, node: &Node) -> Result<Expr> {
        let value = self.found(node, node.which(is_expr))?;
        let refused = value.solid().find(|it| {
            matches!(
                it.kind(),
                K::NOT_KW | K::AND_KW | K::OR_KW | K::IN_KW | K::NOT_IN | K::LIKE_KW | K::ILIKE_KW
            )
        });
        if matches!(value.kind(), K::PREFIX_EXPR | K::BIN_EXPR)
            && let Some(token) = refused.and_then(|it| match it {
                SyntaxElement::Node(node) => node.first_token(),
                SyntaxElement::Token(token) => Some(token),
            })
        {
            return Err(self.unexpected(&token));
        }
        self.expr(&value)
    }

    fn constraint_name(self, node: &Node) -> Result<Option<Ident>> {
        self.opt(node, K::CONSTRAINT_NAME_CLAUSE, |it, clause| {
            it.ident_in(clause, K::CONSTRAINT_NAME)
        })
    }

    fn generated(self, node: &Node) -> Result<ColumnKind> {
        if let Some(identity) = node.kid(K::GENERATED_IDENTITY) {
            return Ok(ColumnKind::Identity {
                always: identity.has(K::GENERATED_ALWAYS),
                options: self.identity_options(&identity)?,
            });
        }
        let stored = self.need(node, K::GENERATED_STORED)?;
        Ok(ColumnKind::Generated { expr: self.expr_in(&stored)?, stored: stored.has(K::STORED) })
    }

    fn identity_options(self, node: &Node) -> Result<Vec<crate::ast::SequenceOption>> {
        match node.kid(K::SEQUENCE_OPTION_LIST) {
            Some(list) => self.sequence_options(&list),
            None => Ok(Vec::new()),
        }
    }

    fn index_parameters(self, node: &Node) -> Result<IndexParameters> {
        let part = node.kid(K::INDEX_PARAMETERS).unwrap_or_else(|| node.clone());
        Ok(IndexParameters {
            include: match part.kid(K::CONSTRAINT_INCLUDE_CLAUSE) {
                Some(include) => self.column_list(&include)?,
                None => Vec::new(),
            },
            with: self.with_params(&part)?,
            tablespace: self.opt(&part, K::CONSTRAINT_INDEX_TABLESPACE, |it, clause| {
                it.ident_in(clause, K::TABLESPACE_REF)
            })?,
        })
    }

    fn reference(self, node: &Node) -> Result<Reference> {
        let matching = if node.has(K::MATCH_FULL) {
            MatchType::Full
        } else if node.has(K::MATCH_PARTIAL) {
            MatchType::Partial
        } else {
            MatchType::Simple
        };
        let referenced = node.kids(K::FOREIGN_KEY_COLUMN_LIST).nth(1);
        let (columns, period) = match referenced {
            Some(list) => self.key_columns(&list)?,
            None => (self.columns(node)?, false),
        };
        let action = |kind: K| {
            self.opt(node, kind, |it, clause| {
                let action = it.found(clause, clause.first_child())?;
                Ok(match action.kind() {
                    K::RESTRICT => RefAction::Restrict,
                    K::CASCADE => RefAction::Cascade,
                    K::SET_NULL_COLUMNS => RefAction::SetNull(it.column_list(&action)?),
                    K::SET_DEFAULT_COLUMNS => RefAction::SetDefault(it.column_list(&action)?),
                    _ => RefAction::NoAction,
                })
            })
        };
        Ok(Reference {
            table: self.name_in(node, K::TABLE_NAME_REF)?,
            columns,
            period,
            matching,
            on_delete: action(K::ON_DELETE_ACTION)?,
            on_update: action(K::ON_UPDATE_ACTION)?,
        })
    }

    /// The columns of a foreign key, and whether the last is a `PERIOD`.
    fn key_columns(self, list: &Node) -> Result<(Vec<Ident>, bool)> {
        let mut columns = self.columns(list)?;
        let period =
            self.opt(list, K::PERIOD_COLUMN, |it, period| it.ident_in(period, K::COLUMN_NAME_REF))?;
        let has_period = period.is_some();
        columns.extend(period);
        if columns.is_empty() {
            return Err(self.missing(list));
        }
        Ok((columns, has_period))
    }

    pub(super) fn table_constraint(self, node: &Node) -> Result<TableConstraint> {
        let kind = match node.kind() {
            K::CHECK_CONSTRAINT => TableKind::Check(self.expr_in(node)?),
            K::NOT_NULL_CONSTRAINT => TableKind::NotNull(self.ident_in(node, K::COLUMN_NAME_REF)?),
            K::PRIMARY_KEY_CONSTRAINT | K::UNIQUE_CONSTRAINT => self.key(node)?,
            K::EXCLUDE_CONSTRAINT => TableKind::Exclude {
                method: self.opt(node, K::CONSTRAINT_INDEX_METHOD, |it, using| {
                    it.ident_in(using, K::ACCESS_METHOD_REF)
                })?,
                elements: self.some(
                    &self.need(node, K::CONSTRAINT_EXCLUSION_LIST)?,
                    K::CONSTRAINT_EXCLUSION,
                    Self::exclusion,
                )?,
                index: self.index_parameters(node)?,
                predicate: self.expr_of(node, K::WHERE_CONDITION_CLAUSE)?,
            },
            K::FOREIGN_KEY_CONSTRAINT => {
                let list = self.need(node, K::FOREIGN_KEY_COLUMN_LIST)?;
                let (columns, period) = self.key_columns(&list)?;
                TableKind::ForeignKey { columns, period, reference: self.reference(node)? }
            }
            _ => return Err(self.unexpected_node(node)),
        };
        Ok(TableConstraint {
            name: self.constraint_name(node)?,
            kind,
            attributes: attributes(node),
            range: self.range(node),
        })
    }

    fn key(self, node: &Node) -> Result<TableKind> {
        let primary = node.kind() == K::PRIMARY_KEY_CONSTRAINT;
        if let Some(using) = node.kid(K::USING_INDEX_NAME) {
            return Ok(TableKind::UsingIndex {
                primary,
                index: self.ident_in(&using, K::INDEX_REF)?,
            });
        }
        let parameters = self.need(node, K::INDEX_PARAMETERS)?;
        let Some(list) = parameters.kid(K::CONSTRAINT_COLUMN_REF_LIST) else {
            // After the keywords, where the columns should stand.
            let before = node
                .tokens()
                .take_while(|it| {
                    !parameters.text_range().contains_range(it.text_range())
                        || parameters
                            .any(&[K::NULLS_DISTINCT, K::NULLS_NOT_DISTINCT])
                            .is_some_and(|nulls| nulls.text_range().contains_range(it.text_range()))
                })
                .last();
            return Err(self.missing_after(before));
        };
        let key = KeyConstraint {
            columns: self.columns(&list)?,
            without_overlaps: list.has(K::WITHOUT_OVERLAPS),
            index: self.index_parameters(node)?,
        };
        if key.columns.is_empty() {
            return Err(self.missing(&list));
        }
        Ok(if primary {
            TableKind::PrimaryKey(key)
        } else {
            TableKind::Unique { nulls_not_distinct: nulls_not_distinct(node), key }
        })
    }

    fn exclusion(self, node: &Node) -> Result<ExcludeElement> {
        let op = node.solid().skip_while(|it| it.kind() != K::WITH_KW).nth(1);
        let op = self.found(node, op)?;
        Ok(ExcludeElement { element: self.index_element(node)?, operator: self.operator_name(&op) })
    }

    // Partitions.

    fn partition_by(self, node: &Node) -> Result<PartitionBy> {
        let strategy = self.need(node, K::PARTITION_STRATEGY)?;
        Ok(PartitionBy {
            strategy: match strategy.words().as_str() {
                "range" => PartitionStrategy::Range,
                "list" => PartitionStrategy::List,
                "hash" => PartitionStrategy::Hash,
                _ => return Err(self.unexpected_node(&strategy)),
            },
            elements: self.index_elements(node)?,
        })
    }

    fn partition_bound(self, node: &Node) -> Result<PartitionBound> {
        Ok(match node.kind() {
            K::PARTITION_FOR_VALUES_IN => PartitionBound::List(self.exprs(node)?),
            K::PARTITION_FOR_VALUES_FROM => PartitionBound::Range {
                from: self.exprs(&self.need(node, K::PARTITION_FROM_VALUES)?)?,
                to: self.exprs(&self.need(node, K::PARTITION_TO_VALUES)?)?,
            },
            K::PARTITION_FOR_VALUES_WITH => {
                let bound = |name: &str| {
                    node.kids(K::HASH_PARTITION_BOUND)
                        .find(|it| it.words().starts_with(name))
                        .and_then(|it| it.tokens().last())
                        .and_then(|it| it.text().parse().ok())
                };
                PartitionBound::Hash {
                    modulus: self.found(node, bound("modulus"))?,
                    remainder: self.found(node, bound("remainder"))?,
                }
            }
            _ => PartitionBound::Default,
        })
    }

    // CREATE TABLE AS.

    pub(super) fn create_table_as(self, node: &Node) -> Result<CreateTableAs> {
        let source = match node.kid(K::EXECUTE) {
            Some(execute) => {
                let execute = self.execute(&execute)?;
                TableSource::Execute { name: execute.name, args: execute.args }
            }
            None => TableSource::Query(self.query(&self.found(node, node.which(is_query))?)?),
        };
        let columns = match node.kid(K::TABLE_ARG_LIST) {
            Some(list) => {
                let columns = list.children().map(|column| {
                    let name = self.need(&column, K::COLUMN_NAME)?;
                    match name.next_sibling() {
                        Some(more) => Err(self.unexpected_node(&more)),
                        None => self.ident(&name),
                    }
                });
                columns.collect::<Result<Vec<_>>>()?
            }
            None => Vec::new(),
        };
        Ok(CreateTableAs {
            into: IntoClause {
                name: self.name_in(node, K::TABLE_NAME)?,
                persistence: persistence(node),
                columns,
                access_method: self.using_method(node)?,
                tablespace: self.tablespace(node)?,
                on_commit: on_commit(node),
                with_no_data: node.has(K::WITH_NO_DATA),
            },
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            with: self.with_params(node)?,
            source,
        })
    }

    // ALTER TABLE.

    /// `ALTER TABLE ALL IN TABLESPACE …`.
    pub(super) fn move_all(self, node: &Node, kind: ObjectKind) -> Result<MoveAll> {
        let set = self.need(node, K::SET_TABLESPACE)?;
        Ok(MoveAll {
            kind,
            from: self.ident_in(node, K::TABLESPACE_REF)?,
            owned_by: match node.kid(K::OWNED_BY_ROLES) {
                Some(roles) => self.roles(&roles)?,
                None => Vec::new(),
            },
            to: self.ident_in(&set, K::TABLESPACE_REF)?,
            nowait: node.has(K::NOWAIT),
        })
    }

    /// The actions of an `ALTER` of a relation of any kind.
    pub(super) fn alter_table(
        self,
        node: &Node,
        kind: ObjectKind,
        table: RelationRef,
    ) -> Result<AlterTable> {
        let actions = node
            .children()
            .filter(|it| {
                !matches!(
                    it.kind(),
                    K::IF_EXISTS
                        | K::TABLE_RELATION_NAME
                        | K::VIEW_REF
                        | K::INDEX_REF
                        | K::SEQUENCE_REF
                )
            })
            .map(|it| Ok(AlterTableAction { kind: self.action(&it)?, range: self.range(&it) }))
            .collect::<Result<Vec<_>>>()?;
        if actions.is_empty() {
            return Err(self.missing(node));
        }
        Ok(AlterTable { kind, table, if_exists: node.has(K::IF_EXISTS), actions })
    }

    #[expect(clippy::too_many_lines, reason = "one arm an action, so that none is left out")]
    fn action(self, node: &Node) -> Result<Action> {
        let constraint = || self.ident_in(node, K::CONSTRAINT_NAME_REF);
        let cascade = node.has(K::CASCADE);
        let if_exists = node.has(K::IF_EXISTS);
        Ok(match node.kind() {
            K::ADD_COLUMN => Action::AddColumn {
                column: self.column_def(node, false)?,
                if_not_exists: node.has(K::IF_NOT_EXISTS),
            },
            K::DROP_COLUMN => Action::DropColumn {
                column: self.ident_in(node, K::COLUMN_NAME_REF)?,
                if_exists,
                cascade,
            },
            K::ALTER_COLUMN | K::ALTER_VIEW_COLUMN | K::ALTER_SET_STATISTICS => {
                return self.alter_column(node);
            }
            K::ADD_CONSTRAINT => {
                let added = self.found(node, node.first_child())?;
                Action::AddConstraint(self.table_constraint(&added)?)
            }
            K::ALTER_CONSTRAINT => {
                Action::AlterConstraint { name: constraint()?, attributes: attributes(node) }
            }
            K::VALIDATE_CONSTRAINT => Action::ValidateConstraint(constraint()?),
            K::DROP_CONSTRAINT => {
                Action::DropConstraint { name: constraint()?, if_exists, cascade }
            }
            K::ATTACH_PARTITION => {
                let bound = self.found(node, node.which(is_bound))?;
                Action::AttachPartition {
                    partition: self.name_in(node, K::TABLE_NAME_REF)?,
                    bound: Some(self.partition_bound(&bound)?),
                }
            }
            K::ATTACH_INDEX_PARTITION => Action::AttachPartition {
                partition: self.name_in(node, K::INDEX_REF)?,
                bound: None,
            },
            K::DETACH_PARTITION => Action::DetachPartition {
                partition: self.name_in(node, K::TABLE_NAME_REF)?,
                mode: if node.has(K::DETACH_CONCURRENTLY) {
                    DetachMode::Concurrently
                } else if node.has(K::DETACH_FINALIZE) {
                    DetachMode::Finalize
                } else {
                    DetachMode::Plain
                },
            },
            K::MERGE_PARTITIONS => {
                let list = self.need(node, K::TABLE_NAME_REF_LIST)?;
                Action::MergePartitions {
                    partitions: self.some(&list, K::TABLE_NAME_REF, Self::name)?,
                    into: self.name_in(node, K::TABLE_NAME)?,
                }
            }
            K::SPLIT_PARTITION => {
                let list = self.need(node, K::PARTITION_LIST)?;
                Action::SplitPartition {
                    partition: self.name_in(node, K::TABLE_NAME_REF)?,
                    into: self.some(&list, K::PARTITION, |it, part| {
                        let bound = it.found(part, part.which(is_bound))?;
                        Ok((it.name_in(part, K::TABLE_NAME_REF)?, it.partition_bound(&bound)?))
                    })?,
                }
            }
            K::INHERIT_TABLE => Action::Inherit(self.name_in(node, K::TABLE_NAME_REF)?),
            K::NO_INHERIT_TABLE => Action::NoInherit(self.name_in(node, K::TABLE_NAME_REF)?),
            K::OF_TYPE => Action::OfType(self.type_in(node)?),
            K::NOT_OF => Action::NotOf,
            K::OWNER_TO => Action::OwnerTo(self.role(&self.need(node, K::ROLE_REF)?)?),
            K::SET_SCHEMA => Action::SetSchema(self.ident_in(node, K::SCHEMA_REF)?),
            K::SET_TABLESPACE => Action::SetTablespace(self.ident_in(node, K::TABLESPACE_REF)?),
            K::SET_WITHOUT_CLUSTER => Action::SetWithoutCluster,
            K::SET_WITHOUT_OIDS => Action::SetWithoutOids,
            K::SET_ACCESS_METHOD if node.has(K::DEFAULT_KW) => Action::SetAccessMethod(None),
            K::SET_ACCESS_METHOD => {
                Action::SetAccessMethod(Some(self.ident_in(node, K::ACCESS_METHOD_REF)?))
            }
            K::SET_LOGGED => Action::SetLogged,
            K::SET_UNLOGGED => Action::SetUnlogged,
            K::SET_OPTIONS => Action::SetOptions(self.need_definition(node)?),
            K::RESET_OPTIONS => Action::ResetOptions(self.need_definition(node)?),
            K::ALTER_OPTION_LIST => Action::ForeignOptions(self.alter_options(node)?),
            K::CLUSTER_ON => Action::ClusterOn(self.ident_in(node, K::INDEX_REF)?),
            K::REPLICA_IDENTITY => Action::ReplicaIdentity(self.replica_identity(node)?),
            K::ENABLE_RLS => Action::RowSecurity(RowSecurity::Enable),
            K::DISABLE_RLS => Action::RowSecurity(RowSecurity::Disable),
            K::FORCE_RLS => Action::RowSecurity(RowSecurity::Force),
            K::NO_FORCE_RLS => Action::RowSecurity(RowSecurity::NoForce),
            K::ENABLE_TRIGGER => self.trigger_state(node, Fires::Enabled)?,
            K::DISABLE_TRIGGER => self.trigger_state(node, Fires::Disabled)?,
            K::ENABLE_ALWAYS_TRIGGER => self.trigger_state(node, Fires::Always)?,
            K::ENABLE_REPLICA_TRIGGER => self.trigger_state(node, Fires::Replica)?,
            K::ENABLE_RULE => self.rule_state(node, Fires::Enabled)?,
            K::DISABLE_RULE => self.rule_state(node, Fires::Disabled)?,
            K::ENABLE_ALWAYS_RULE => self.rule_state(node, Fires::Always)?,
            K::ENABLE_REPLICA_RULE => self.rule_state(node, Fires::Replica)?,
            K::DEPENDS_ON_EXTENSION | K::NO_DEPENDS_ON_EXTENSION => Action::DependsOnExtension {
                extension: self.ident_in(node, K::EXTENSION_REF)?,
                depends: node.kind() == K::DEPENDS_ON_EXTENSION,
            },
            _ => return Err(self.unexpected_node(node)),
        })
    }

    fn trigger_state(self, node: &Node, fires: Fires) -> Result<Action> {
        let which = if node.has(K::ALL) {
            TriggerTarget::All
        } else if node.has(K::USER) {
            TriggerTarget::User
        } else {
            TriggerTarget::Name(self.ident_in(node, K::TRIGGER_REF)?)
        };
        Ok(Action::Trigger { fires, which })
    }

    fn rule_state(self, node: &Node, fires: Fires) -> Result<Action> {
        Ok(Action::Rule { fires, name: self.ident_in(node, K::RULE_REF)? })
    }

    fn replica_identity(self, node: &Node) -> Result<ReplicaIdentity> {
        Ok(if let Some(using) = node.kid(K::USING_INDEX_NAME) {
            ReplicaIdentity::Index(self.ident_in(&using, K::INDEX_REF)?)
        } else if node.has(K::REPLICA_IDENTITY_FULL) {
            ReplicaIdentity::Full
        } else if node.has(K::REPLICA_IDENTITY_NOTHING) {
            ReplicaIdentity::Nothing
        } else {
            self.need(node, K::REPLICA_IDENTITY_DEFAULT)?;
            ReplicaIdentity::Default
        })
    }

    fn alter_column(self, node: &Node) -> Result<Action> {
        let target = self.found(node, node.first_child())?;
        let column = match target.kind() {
            K::LITERAL => AlteredColumn::Number(target.words()),
            _ => AlteredColumn::Name(self.ident(&target)?),
        };
        let option = target.next_sibling();
        let option = self.found(node, option)?;
        let if_exists = option.has(K::IF_EXISTS);
        let action = match option.kind() {
            K::SET_TYPE => AlterColumnAction::SetType {
                ty: self.type_in(&option)?,
                collation: self.collation(&option)?,
                using: self.expr_of(&option, K::USING_EXPR)?,
            },
            K::SET_DEFAULT => AlterColumnAction::SetDefault(self.expr_in(&option)?),
            K::DROP_DEFAULT => AlterColumnAction::DropDefault,
            K::SET_NOT_NULL => AlterColumnAction::SetNotNull,
            K::DROP_NOT_NULL => AlterColumnAction::DropNotNull,
            K::SET_EXPRESSION => AlterColumnAction::SetExpression(self.expr_in(&option)?),
            K::DROP_EXPRESSION => AlterColumnAction::DropExpression { if_exists },
            K::ADD_GENERATED => AlterColumnAction::AddIdentity {
                always: option.has(K::GENERATED_ALWAYS),
                options: self.identity_options(&option)?,
            },
            K::SET_GENERATED_OPTIONS | K::SET_GENERATED | K::SET_SEQUENCE_OPTION | K::RESTART => {
                self.set_identity(&option)?
            }
            K::DROP_IDENTITY => AlterColumnAction::DropIdentity { if_exists },
            K::SET_STATISTICS => AlterColumnAction::SetStatistics(self.statistics_target(&option)?),
            K::SET_OPTIONS => AlterColumnAction::SetOptions(self.need_definition(&option)?),
            K::RESET_OPTIONS => AlterColumnAction::ResetOptions(self.need_definition(&option)?),
            K::SET_STORAGE => {
                AlterColumnAction::SetStorage(self.ident_in(&option, K::STORAGE_MODE)?)
            }
            K::SET_COMPRESSION => AlterColumnAction::SetCompression(
                self.ident_in(&option, K::COMPRESSION_METHOD_NAME)?,
            ),
            K::ALTER_OPTION_LIST => AlterColumnAction::ForeignOptions(self.alter_options(&option)?),
            K::SET_OPTIONS_LIST => {
                let list = self.need(&option, K::ALTER_OPTION_LIST)?;
                AlterColumnAction::ForeignOptions(self.alter_options(&list)?)
            }
            K::INHERIT => AlterColumnAction::Inherit(true),
            K::NO_INHERIT => AlterColumnAction::Inherit(false),
            _ => return Err(self.unexpected_node(&option)),
        };
        Ok(Action::AlterColumn { column, action })
    }

    fn set_identity(self, option: &Node) -> Result<AlterColumnAction> {
        let mut always = None;
        let mut options = Vec::new();
        let parts: Vec<Node> = if option.kind() == K::SET_GENERATED_OPTIONS {
            option.children().collect()
        } else {
            vec![option.clone()]
        };
        for part in &parts {
            match part.kind() {
                K::SET_GENERATED => always = Some(part.has(K::GENERATED_ALWAYS)),
                K::RESTART => options.extend(self.sequence_option(part)?),
                _ => options.extend(self.sequence_options(part)?),
            }
        }
        if always.is_none() && options.is_empty() {
            return Err(self.missing(option));
        }
        Ok(AlterColumnAction::SetIdentity { always, options })
    }
}

fn is_bound(kind: K) -> bool {
    matches!(
        kind,
        K::PARTITION_FOR_VALUES_IN
            | K::PARTITION_FOR_VALUES_FROM
            | K::PARTITION_FOR_VALUES_WITH
            | K::PARTITION_DEFAULT
    )
}

fn nulls_not_distinct(node: &Node) -> bool {
    node.kid(K::INDEX_PARAMETERS).is_some_and(|it| it.has(K::NULLS_NOT_DISTINCT))
}

/// What stands after a constraint.
pub(super) fn attributes(node: &Node) -> ConstraintAttributes {
    let either = |yes: K, no: K| {
        if node.has(yes) { Some(true) } else { node.has(no).then_some(false) }
    };
    ConstraintAttributes {
        deferrable: either(K::DEFERRABLE_CONSTRAINT_OPTION, K::NOT_DEFERRABLE_CONSTRAINT_OPTION),
        initially_deferred: either(
            K::INITIALLY_DEFERRED_CONSTRAINT_OPTION,
            K::INITIALLY_IMMEDIATE_CONSTRAINT_OPTION,
        ),
        not_valid: node.has(K::NOT_VALID),
        no_inherit: node.has(K::NO_INHERIT),
        inherit: node.has(K::INHERIT),
        enforced: either(K::ENFORCED, K::NOT_ENFORCED),
    }
}
