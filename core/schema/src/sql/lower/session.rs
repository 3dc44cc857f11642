//! What concerns the session, the transaction, or the server as a whole.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::types::is_type;
use crate::ast::{
    AlterSystem, Cluster, DeclareCursor, Discard, Execute, Explain, Fetch, Ident, Lock, LockMode,
    Name, Notify, Prepare, Reindex, ReindexTarget, Reset, Set, SetConstraints, SetParameter,
    SetValue, SetWhat, SettingValue, Statement, StringConst, TextRange, Transaction, Vacuum,
    VacuumTable,
};

impl Lower {
    // Parameters.

    /// `name TO value`, directly below a node.
    pub(super) fn set_parameter(self, node: &Node) -> Result<SetParameter> {
        let name = self.name_in(node, K::CONFIG_PARAMETER_REF)?;
        if node.has(K::FROM_CURRENT) {
            return Ok(SetParameter { name, value: SetValue::FromCurrent });
        }
        let to = self.need(node, K::TO_CONFIG_VALUE)?;
        Ok(SetParameter { name, value: self.set_value(&to)? })
    }

    fn set_value(self, node: &Node) -> Result<SetValue> {
        if node.has(K::DEFAULT_KW) {
            return Ok(SetValue::Default);
        }
        let values: Vec<SettingValue> = node
            .children()
            .filter(|it| !is_type(it.kind()))
            .map(|it| self.setting_value(&it))
            .collect::<Result<_>>()?;
        if values.is_empty() { Err(self.missing(node)) } else { Ok(SetValue::Values(values)) }
    }

    fn setting_value(self, node: &Node) -> Result<SettingValue> {
        let number = |kind: K| matches!(kind, K::INT_NUMBER | K::NUMERIC_NUMBER);
        Ok(match node.kind() {
            K::CAST_EXPR => SettingValue::Expr(self.expr(node)?),
            K::PREFIX_EXPR => SettingValue::Number(node.words().replace(' ', "")),
            K::LITERAL => {
                let word = self.found(node, node.tokens().next())?;
                if number(word.kind()) {
                    SettingValue::Number(word.text().to_owned())
                } else if matches!(
                    word.kind(),
                    K::TRUE_KW | K::FALSE_KW | K::ON_KW | K::OFF_KW | K::NULL_KW | K::DEFAULT_KW
                ) {
                    SettingValue::Text(text(word.text().to_lowercase(), self.range(node)))
                } else {
                    SettingValue::Text(self.string(node)?)
                }
            }
            _ => {
                let word = self.ident(node)?;
                SettingValue::Text(text(word.text, word.range))
            }
        })
    }

    /// `RESET name`, or none for `RESET ALL`.
    pub(super) fn reset_parameter(self, node: &Node) -> Result<Option<Name>> {
        if node.has(K::ALL_KW) || node.has(K::ALL) {
            return Ok(None);
        }
        self.name_in(node, K::CONFIG_PARAMETER_REF).map(Some)
    }

    pub(super) fn set(self, node: &Node) -> Result<Set> {
        let local = node.has(K::LOCAL_SCOPE);
        let what = match node.kind() {
            K::SET_ROLE => SetWhat::Role(if node.has(K::SET_ROLE_NONE) {
                None
            } else {
                Some(self.session_role(node)?)
            }),
            K::SET_SESSION_AUTH => {
                let default = node.has(K::SET_SESSION_AUTH_DEFAULT);
                let role = if default { None } else { Some(self.session_role(node)?) };
                SetWhat::SessionAuthorization(role)
            }
            K::SET_TRANSACTION if node.has(K::SESSION_CHARACTERISTICS) => {
                SetWhat::SessionCharacteristics
            }
            K::SET_TRANSACTION => SetWhat::Transaction,
            _ => SetWhat::Parameter(self.set_target(node)?),
        };
        Ok(Set { local, what })
    }

    fn session_role(self, node: &Node) -> Result<Ident> {
        if let Some(role) = node.kid(K::ROLE_REF) {
            return self.ident(&role);
        }
        let StringConst { value, range, .. } = self.string_in(node)?;
        Ok(Ident::new(value, range))
    }

    fn set_target(self, node: &Node) -> Result<SetParameter> {
        let special = |target: &Node, name: &str, value: SetValue| {
            let range = self.range(target);
            SetParameter { name: Name::from(Ident::new(name.to_owned(), range)), value }
        };
        if let Some(config) = node.kid(K::SET_CONFIG) {
            return self.set_parameter(&config);
        }
        let target =
            node.any(&[K::SET_TIME_ZONE, K::SET_SCHEMA_VALUE, K::SET_CATALOG, K::SET_XML_OPTION]);
        let target = self.found(node, target)?;
        Ok(match target.kind() {
            K::SET_TIME_ZONE if target.has(K::LOCAL_KW) => {
                special(&target, "timezone", SetValue::Default)
            }
            K::SET_TIME_ZONE => special(&target, "timezone", self.set_value(&target)?),
            K::SET_SCHEMA_VALUE => special(&target, "search_path", self.set_value(&target)?),
            K::SET_CATALOG => special(&target, "catalog", self.set_value(&target)?),
            _ => {
                let word = self.found(&target, target.first_child())?.words();
                let value = SettingValue::Text(text(word, self.range(&target)));
                special(&target, "xmloption", SetValue::Values(vec![value]))
            }
        })
    }

    pub(super) fn reset(self, node: &Node) -> Result<Reset> {
        let special = |name: &str| {
            let range = self.range(node);
            Reset::Parameter(Name::from(Ident::new(name.to_owned(), range)))
        };
        Ok(if node.kind() == K::RESET_ROLE {
            Reset::Role
        } else if node.kind() == K::RESET_SESSION_AUTH {
            Reset::SessionAuthorization
        } else if node.has(K::RESET_TIME_ZONE) {
            special("timezone")
        } else if node.has(K::RESET_TRANSACTION_ISOLATION) {
            special("transaction_isolation")
        } else {
            self.reset_parameter(node)?.map_or(Reset::All, Reset::Parameter)
        })
    }

    pub(super) fn show(self, node: &Node) -> Result<Option<Name>> {
        let special =
            |name: &str| Ok(Some(Name::from(Ident::new(name.to_owned(), self.range(node)))));
        if node.has(K::TIME_ZONE) {
            special("timezone")
        } else if node.has(K::TRANSACTION_ISOLATION_LEVEL) {
            special("transaction_isolation")
        } else if node.has(K::SESSION_AUTHORIZATION) {
            special("session_authorization")
        } else {
            self.reset_parameter(node)
        }
    }

    pub(super) fn alter_system(self, node: &Node) -> Result<AlterSystem> {
        if let Some(set) = node.kid(K::SET_CONFIG_PARAM) {
            return self.set_parameter(&set).map(AlterSystem::Set);
        }
        let reset = self.need(node, K::RESET_CONFIG_PARAM)?;
        self.reset_parameter(&reset).map(AlterSystem::Reset)
    }

    pub(super) fn set_constraints(self, node: &Node) -> Result<SetConstraints> {
        let all = node.has(K::ALL_KW) || node.has(K::ALL);
        let constraints =
            if all { Vec::new() } else { self.some(node, K::CONSTRAINT_NAME_REF, Self::name)? };
        let timing = self.found(node, node.any(&[K::DEFERRED, K::IMMEDIATE]))?;
        Ok(SetConstraints { constraints, deferred: timing.kind() == K::DEFERRED })
    }

    // Transactions.

    pub(super) fn transaction(self, node: &Node) -> Result<Transaction> {
        let chain = node.has(K::AND_CHAIN);
        Ok(match node.kind() {
            K::COMMIT_TRANSACTION => Transaction::Commit { chain },
            K::ROLLBACK_TRANSACTION => Transaction::Rollback { chain },
            K::SAVEPOINT_CREATE => Transaction::Savepoint(self.ident_in(node, K::SAVEPOINT)?),
            K::RELEASE_SAVEPOINT => Transaction::Release(self.ident_in(node, K::SAVEPOINT_REF)?),
            K::ROLLBACK_TO_SAVEPOINT => {
                Transaction::RollbackTo(self.ident_in(node, K::SAVEPOINT_REF)?)
            }
            K::PREPARE_TRANSACTION => Transaction::Prepare(self.string_in(node)?),
            K::COMMIT_PREPARED => Transaction::CommitPrepared(self.string_in(node)?),
            K::ROLLBACK_PREPARED => Transaction::RollbackPrepared(self.string_in(node)?),
            _ => Transaction::Begin,
        })
    }

    pub(super) fn lock(self, node: &Node) -> Result<Lock> {
        let list = self.need(node, K::RELATION_LIST)?;
        let mode = match node.kid(K::LOCK_MODE_CLAUSE) {
            Some(clause) => Some(match self.found(&clause, clause.first_child())?.kind() {
                K::ACCESS_SHARE => LockMode::AccessShare,
                K::ROW_SHARE => LockMode::RowShare,
                K::ROW_EXCLUSIVE => LockMode::RowExclusive,
                K::SHARE_UPDATE_EXCLUSIVE => LockMode::ShareUpdateExclusive,
                K::SHARE => LockMode::Share,
                K::SHARE_ROW_EXCLUSIVE => LockMode::ShareRowExclusive,
                K::EXCLUSIVE => LockMode::Exclusive,
                _ => LockMode::AccessExclusive,
            }),
            None => None,
        };
        Ok(Lock {
            tables: self.some(&list, K::RELATION_NAME, Self::relation)?,
            mode,
            nowait: node.has(K::NOWAIT),
        })
    }

    // Maintenance.

    pub(super) fn vacuum(self, node: &Node) -> Result<Vacuum> {
        let full = node.has(K::FULL_KW)
            || node.kid(K::VACUUM_OPTION_LIST).is_some_and(|list| {
                list.kids(K::VACUUM_OPTION).any(|it| {
                    let words = it.words();
                    words.starts_with("full")
                        && !words.ends_with("false")
                        && !words.ends_with("off")
                })
            });
        Ok(Vacuum {
            vacuum: node.kind() == K::VACUUM,
            full,
            tables: match node.kid(K::TABLE_AND_COLUMNS_LIST) {
                Some(list) => self.some(&list, K::TABLE_AND_COLUMNS, |it, table| {
                    Ok(VacuumTable {
                        table: it.relation_in(table)?,
                        columns: it.column_list(table)?,
                    })
                })?,
                None => Vec::new(),
            },
        })
    }

    /// `CLUSTER` and `REPACK`.
    pub(super) fn cluster(self, node: &Node) -> Result<Cluster> {
        if let Some(old) = node.kid(K::CLUSTER_LEGACY) {
            let on = self.need(&old, K::ON_PATH)?;
            return Ok(Cluster {
                table: Some(self.name_in(&on, K::TABLE_NAME_REF)?),
                index: Some(self.ident_in(&old, K::INDEX_REF)?),
            });
        }
        let table = node.descendants().find(|it| it.kind() == K::TABLE_NAME_REF);
        let using = node.any(&[K::CLUSTER_USING_INDEX, K::USING_INDEX]);
        let index = using.and_then(|it| it.kid(K::INDEX_REF));
        Ok(Cluster {
            table: table.map(|it| self.name(&it)).transpose()?,
            index: index.map(|it| self.ident(&it)).transpose()?,
        })
    }

    pub(super) fn reindex(self, node: &Node) -> Result<Reindex> {
        let target = node.any(&[
            K::REINDEX_TARGET_DATABASE,
            K::REINDEX_TARGET_INDEX,
            K::REINDEX_TARGET_SCHEMA,
            K::REINDEX_TARGET_SYSTEM,
            K::REINDEX_TARGET_TABLE,
        ]);
        let target = self.found(node, target)?;
        let concurrently = target.has(K::CONCURRENTLY_KW)
            || node.kid(K::REINDEX_OPTION_LIST).is_some_and(|it| {
                it.kid(K::REINDEX_OPTION_CONCURRENTLY).is_some_and(|option| {
                    !matches!(option.words().rsplit(' ').next(), Some("false" | "off" | "0"))
                })
            });
        let target = match target.kind() {
            K::REINDEX_TARGET_INDEX => ReindexTarget::Index(self.name_in(&target, K::INDEX_REF)?),
            K::REINDEX_TARGET_TABLE => {
                ReindexTarget::Table(self.name_in(&target, K::TABLE_NAME_REF)?)
            }
            K::REINDEX_TARGET_SCHEMA => {
                ReindexTarget::Schema(self.ident_in(&target, K::SCHEMA_REF)?)
            }
            K::REINDEX_TARGET_SYSTEM => {
                ReindexTarget::System(self.opt(&target, K::DATABASE_REF, Self::ident)?)
            }
            _ => ReindexTarget::Database(self.opt(&target, K::DATABASE_REF, Self::ident)?),
        };
        Ok(Reindex { target, concurrently })
    }

    // Statements about statements.

    /// The statement directly below a node, which must be there.
    fn inner_statement(self, node: &Node, skip: &[K]) -> Result<Box<Statement>> {
        let inner = node.children().find(|it| !skip.contains(&it.kind()));
        self.statement(&self.found(node, inner)?).map(Box::new)
    }

    pub(super) fn explain(self, node: &Node) -> Result<Explain> {
        let mode = [K::EXPLAIN_OPTION_LIST, K::EXPLAIN_ANALYZE, K::EXPLAIN_VERBOSE];
        let analyze = node.has(K::EXPLAIN_ANALYZE)
            || node.kid(K::EXPLAIN_OPTION_LIST).is_some_and(|list| {
                list.kids(K::EXPLAIN_OPTION).any(|it| {
                    let words = it.words();
                    words.starts_with("analy")
                        && !words.ends_with("false")
                        && !words.ends_with("off")
                })
            });
        Ok(Explain { analyze, statement: self.inner_statement(node, &mode)? })
    }

    pub(super) fn prepare(self, node: &Node) -> Result<Prepare> {
        let skip = [K::PREPARED_STATEMENT, K::PARAM_LIST];
        Ok(Prepare {
            name: self.ident_in(node, K::PREPARED_STATEMENT)?,
            params: self.opt(node, K::PARAM_LIST, Self::params)?.unwrap_or_default(),
            statement: self.inner_statement(node, &skip)?,
        })
    }

    pub(super) fn execute(self, node: &Node) -> Result<Execute> {
        Ok(Execute {
            name: self.ident_in(node, K::PREPARED_STATEMENT_REF)?,
            args: self.opt(node, K::ARG_LIST, Self::arg_values)?.unwrap_or_default(),
        })
    }

    pub(super) fn declare(self, node: &Node) -> Result<DeclareCursor> {
        Ok(DeclareCursor {
            name: self.ident_in(node, K::CURSOR)?,
            hold: node.has(K::WITH_HOLD),
            query: self.query_in(node)?,
        })
    }

    /// `FETCH` and `MOVE`.
    pub(super) fn fetch(self, node: &Node) -> Result<Fetch> {
        Ok(Fetch { cursor: self.ident_in(node, K::CURSOR_REF)?, moves: node.kind() == K::MOVE })
    }

    pub(super) fn notify(self, node: &Node) -> Result<Notify> {
        Ok(Notify {
            channel: self.ident_in(node, K::CHANNEL_REF)?,
            payload: self.opt(node, K::LITERAL, Self::string)?,
        })
    }

    pub(super) fn discard(self, node: &Node) -> Result<Discard> {
        let what = self.found(node, node.first_child())?;
        Ok(match what.kind() {
            K::DISCARD_ALL => Discard::All,
            K::DISCARD_PLANS => Discard::Plans,
            K::DISCARD_SEQUENCES => Discard::Sequences,
            _ => Discard::Temp,
        })
    }

    /// A name, or none for `ALL` or `*`.
    pub(super) fn name_or_all(self, node: &Node, name: K) -> Result<Option<Ident>> {
        if node.has(K::ALL_KW) || node.has(K::STAR) {
            return Ok(None);
        }
        self.ident_in(node, name).map(Some)
    }
}

/// A word where a string may also stand.
fn text(value: String, range: TextRange) -> StringConst {
    StringConst { value, verbatim: None, range }
}
