//! The passes in which the actions of one `ALTER TABLE` are done, and what each action can be
//! done to.
//!
//! Source: PostgreSQL's `ATPrepCmd` and `AlterTablePass`.

use crate::ast::{
    AlterColumnAction as OfColumn, AlterTableActionKind as Action, DetachMode, Fires, RowSecurity,
    TableConstraintKind, TriggerTarget,
};
use crate::catalog::{Catalog, Relation, RelationKind};

/// When an action is done: all of an earlier pass come before those of a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pass {
    Drop,
    ColumnType,
    AddColumn,
    SetExpression,
    AddCheck,
    ColumnAttributes,
    AddIndexConstraint,
    AddIndex,
    AddOther,
    Misc,
}

impl Pass {
    pub(super) fn of(action: &Action) -> Self {
        match action {
            Action::AddColumn { .. } => Self::AddColumn,
            Action::DropColumn { .. } | Action::DropConstraint { .. } | Action::SetWithoutOids => {
                Self::Drop
            }
            Action::AddConstraint(constraint) => Self::of_constraint(&constraint.kind),
            Action::AlterColumn { action, .. } => match action {
                OfColumn::DropDefault
                | OfColumn::DropNotNull
                | OfColumn::DropExpression { .. }
                | OfColumn::DropIdentity { .. } => Self::Drop,
                OfColumn::SetType { .. } => Self::ColumnType,
                OfColumn::SetExpression(_) => Self::SetExpression,
                OfColumn::SetNotNull => Self::ColumnAttributes,
                OfColumn::SetDefault(_) | OfColumn::AddIdentity { .. } => Self::AddOther,
                _ => Self::Misc,
            },
            _ => Self::Misc,
        }
    }

    pub(super) fn of_constraint(kind: &TableConstraintKind) -> Self {
        match kind {
            TableConstraintKind::Check(_) => Self::AddCheck,
            TableConstraintKind::NotNull(_) => Self::ColumnAttributes,
            TableConstraintKind::UsingIndex { .. } => Self::AddIndexConstraint,
            TableConstraintKind::PrimaryKey(_)
            | TableConstraintKind::Unique { .. }
            | TableConstraintKind::Exclude { .. } => Self::AddIndex,
            TableConstraintKind::ForeignKey { .. } => Self::AddOther,
        }
    }
}

/// The kinds of relations that an action can be done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    const TABLE: Self = Self(1);
    const VIEW: Self = Self(2);
    const MATERIALIZED_VIEW: Self = Self(4);
    const INDEX: Self = Self(8);
    const PARTITIONED_INDEX: Self = Self(16);
    const SEQUENCE: Self = Self(32);
    const FOREIGN_TABLE: Self = Self(64);
    const ANY: Self = Self(u8::MAX);

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a relation is of one of these kinds.
    pub(super) fn has(self, catalog: &Catalog, relation: &Relation) -> bool {
        let kind = match &relation.kind {
            RelationKind::Table(table) if table.foreign.is_some() => Self::FOREIGN_TABLE,
            RelationKind::Table(_) => Self::TABLE,
            RelationKind::View(_) => Self::VIEW,
            RelationKind::MaterializedView { .. } => Self::MATERIALIZED_VIEW,
            RelationKind::Index(index) => {
                let table = catalog.relation(index.table).and_then(Relation::as_table);
                if table.is_some_and(|it| it.partition_key.is_some()) {
                    Self::PARTITIONED_INDEX
                } else {
                    Self::INDEX
                }
            }
            RelationKind::Sequence(_) => Self::SEQUENCE,
            RelationKind::Composite => return false,
        };
        self.0 & kind.0 != 0
    }

    /// What an action can be done to.
    pub(super) fn of(action: &Action) -> Self {
        const TABLES: Kinds = Kinds::TABLE.or(Kinds::FOREIGN_TABLE);
        const STORED: Kinds = Kinds::TABLE.or(Kinds::MATERIALIZED_VIEW);
        const INDEXES: Kinds = Kinds::INDEX.or(Kinds::PARTITIONED_INDEX);
        match action {
            Action::AlterColumn { action, .. } => match action {
                OfColumn::SetDefault(_)
                | OfColumn::DropDefault
                | OfColumn::AddIdentity { .. }
                | OfColumn::SetIdentity { .. }
                | OfColumn::DropIdentity { .. } => TABLES.or(Self::VIEW),
                OfColumn::SetStatistics(_) => TABLES.or(Self::MATERIALIZED_VIEW).or(INDEXES),
                OfColumn::SetOptions(_) | OfColumn::ResetOptions(_) | OfColumn::SetStorage(_) => {
                    TABLES.or(Self::MATERIALIZED_VIEW)
                }
                OfColumn::SetCompression(_) => STORED,
                OfColumn::ForeignOptions(_) => Self::FOREIGN_TABLE,
                OfColumn::Inherit(_)
                | OfColumn::SetNotNull
                | OfColumn::DropNotNull
                | OfColumn::SetExpression(_)
                | OfColumn::DropExpression { .. }
                | OfColumn::SetType { .. } => TABLES,
            },
            Action::AddColumn { .. }
            | Action::AddConstraint(_)
            | Action::DropColumn { .. }
            | Action::ValidateConstraint(_)
            | Action::DropConstraint { .. }
            | Action::Inherit(_)
            | Action::NoInherit(_)
            | Action::SetWithoutOids
            | Action::Trigger { .. } => TABLES,
            Action::AlterConstraint { .. }
            | Action::DetachPartition { .. }
            | Action::MergePartitions { .. }
            | Action::SplitPartition { .. }
            | Action::OfType(_)
            | Action::NotOf
            | Action::RowSecurity(_)
            | Action::Rule { .. } => Self::TABLE,
            Action::AttachPartition { .. } => Self::TABLE.or(Self::PARTITIONED_INDEX),
            Action::SetWithoutCluster
            | Action::SetAccessMethod(_)
            | Action::ClusterOn(_)
            | Action::ReplicaIdentity(_) => STORED,
            Action::SetTablespace(_) => STORED.or(INDEXES),
            Action::SetOptions(_) | Action::ResetOptions(_) => {
                STORED.or(Self::VIEW).or(Self::INDEX)
            }
            Action::SetLogged | Action::SetUnlogged => Self::TABLE.or(Self::SEQUENCE),
            Action::ForeignOptions(_) => Self::FOREIGN_TABLE,
            Action::OwnerTo(_) | Action::SetSchema(_) | Action::DependsOnExtension { .. } => {
                Self::ANY
            }
        }
    }
}

/// The server's words for an action.
pub(super) fn words(action: &Action) -> &'static str {
    match action {
        Action::AddColumn { .. } => "ADD COLUMN",
        Action::DropColumn { .. } => "DROP COLUMN",
        Action::AlterColumn { action, .. } => words_of_column(action),
        Action::AddConstraint(_) => "ADD CONSTRAINT",
        Action::AlterConstraint { .. } => "ALTER CONSTRAINT",
        Action::ValidateConstraint(_) => "VALIDATE CONSTRAINT",
        Action::DropConstraint { .. } => "DROP CONSTRAINT",
        Action::AttachPartition { .. } => "ATTACH PARTITION",
        Action::DetachPartition { mode: DetachMode::Finalize, .. } => {
            "DETACH PARTITION ... FINALIZE"
        }
        Action::DetachPartition { .. } => "DETACH PARTITION",
        Action::MergePartitions { .. } => "MERGE PARTITIONS",
        Action::SplitPartition { .. } => "SPLIT PARTITION",
        Action::Inherit(_) => "INHERIT",
        Action::NoInherit(_) => "NO INHERIT",
        Action::OfType(_) => "OF",
        Action::NotOf => "NOT OF",
        Action::OwnerTo(_) => "OWNER TO",
        Action::SetSchema(_) => "SET SCHEMA",
        Action::SetTablespace(_) => "SET TABLESPACE",
        Action::SetWithoutCluster => "SET WITHOUT CLUSTER",
        Action::SetWithoutOids => "SET WITHOUT OIDS",
        Action::SetAccessMethod(_) => "SET ACCESS METHOD",
        Action::SetLogged => "SET LOGGED",
        Action::SetUnlogged => "SET UNLOGGED",
        Action::SetOptions(_) => "SET",
        Action::ResetOptions(_) => "RESET",
        Action::ForeignOptions(_) => "OPTIONS",
        Action::ClusterOn(_) => "CLUSTER ON",
        Action::ReplicaIdentity(_) => "REPLICA IDENTITY",
        Action::RowSecurity(RowSecurity::Enable) => "ENABLE ROW SECURITY",
        Action::RowSecurity(RowSecurity::Disable) => "DISABLE ROW SECURITY",
        Action::RowSecurity(RowSecurity::Force) => "FORCE ROW SECURITY",
        Action::RowSecurity(RowSecurity::NoForce) => "NO FORCE ROW SECURITY",
        Action::Trigger { fires, which } => match (fires, which) {
            (Fires::Always, _) => "ENABLE ALWAYS TRIGGER",
            (Fires::Replica, _) => "ENABLE REPLICA TRIGGER",
            (Fires::Enabled, TriggerTarget::All) => "ENABLE TRIGGER ALL",
            (Fires::Enabled, TriggerTarget::User) => "ENABLE TRIGGER USER",
            (Fires::Enabled, TriggerTarget::Name(_)) => "ENABLE TRIGGER",
            (Fires::Disabled, TriggerTarget::All) => "DISABLE TRIGGER ALL",
            (Fires::Disabled, TriggerTarget::User) => "DISABLE TRIGGER USER",
            (Fires::Disabled, TriggerTarget::Name(_)) => "DISABLE TRIGGER",
        },
        Action::Rule { fires, .. } => match fires {
            Fires::Enabled => "ENABLE RULE",
            Fires::Disabled => "DISABLE RULE",
            Fires::Always => "ENABLE ALWAYS RULE",
            Fires::Replica => "ENABLE REPLICA RULE",
        },
        Action::DependsOnExtension { .. } => "DEPENDS ON EXTENSION",
    }
}

fn words_of_column(action: &OfColumn) -> &'static str {
    match action {
        OfColumn::SetType { .. } => "ALTER COLUMN ... SET DATA TYPE",
        OfColumn::SetDefault(_) | OfColumn::DropDefault => "ALTER COLUMN ... SET DEFAULT",
        OfColumn::SetNotNull => "ALTER COLUMN ... SET NOT NULL",
        OfColumn::DropNotNull => "ALTER COLUMN ... DROP NOT NULL",
        OfColumn::SetExpression(_) => "ALTER COLUMN ... SET EXPRESSION",
        OfColumn::DropExpression { .. } => "ALTER COLUMN ... DROP EXPRESSION",
        OfColumn::AddIdentity { .. } => "ALTER COLUMN ... ADD IDENTITY",
        OfColumn::DropIdentity { .. } => "ALTER COLUMN ... DROP IDENTITY",
        OfColumn::SetStatistics(_) => "ALTER COLUMN ... SET STATISTICS",
        OfColumn::SetIdentity { .. } | OfColumn::SetOptions(_) => "ALTER COLUMN ... SET",
        OfColumn::ResetOptions(_) => "ALTER COLUMN ... RESET",
        OfColumn::SetStorage(_) => "ALTER COLUMN ... SET STORAGE",
        OfColumn::SetCompression(_) => "ALTER COLUMN ... SET COMPRESSION",
        OfColumn::ForeignOptions(_) => "ALTER COLUMN ... OPTIONS",
        OfColumn::Inherit(_) => "ALTER CONSTRAINT",
    }
}
