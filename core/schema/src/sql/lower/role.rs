//! Roles and what they may do.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use crate::ast::{
    AlterDefaultPrivileges, AlterRole, AlterRoleAction, CreateRole, DropOwned, DropRole, Grant,
    GrantRole, GrantTarget, Ident, ObjectKind, ObjectRef, Privilege, ReassignOwned, RoleKind,
    RoleOption, RoleSpec, Signature, Statement,
};

impl Lower {
    /// A role, with or without the old word `GROUP` before it.
    pub(super) fn role(self, node: &Node) -> Result<RoleSpec> {
        let word = node.tokens().find(|it| it.kind() != K::GROUP_KW);
        let word = self.found(node, word)?;
        Ok(match word.kind() {
            K::CURRENT_ROLE_KW => RoleSpec::CurrentRole,
            K::CURRENT_USER_KW => RoleSpec::CurrentUser,
            K::SESSION_USER_KW => RoleSpec::SessionUser,
            _ => {
                let name = self.ident(node)?;
                if name.text == "public" { RoleSpec::Public } else { RoleSpec::Name(name) }
            }
        })
    }

    /// The roles of a list, or of the list below a node; there must be one.
    pub(super) fn roles(self, node: &Node) -> Result<Vec<RoleSpec>> {
        let list = node.kid(K::ROLE_REF_LIST).unwrap_or_else(|| node.clone());
        self.some(&list, K::ROLE_REF, Self::role)
    }

    pub(super) fn create_role(self, node: &Node, kind: RoleKind) -> Result<CreateRole> {
        Ok(CreateRole {
            kind,
            name: self.ident_in(node, K::ROLE)?,
            options: self.opt(node, K::ROLE_OPTION_LIST, Self::role_options)?.unwrap_or_default(),
        })
    }

    fn role_options(self, list: &Node) -> Result<Vec<RoleOption>> {
        list.children()
            .map(|option| {
                let name = match option.kind() {
                    K::ROLE_OPTION_PASSWORD | K::ROLE_OPTION_ENCRYPTED_PASSWORD => {
                        "password".to_owned()
                    }
                    K::ROLE_OPTION_CONNECTION_LIMIT => "connection limit".to_owned(),
                    K::ROLE_OPTION_VALID_UNTIL => "valid until".to_owned(),
                    K::ROLE_OPTION_SYSID => "sysid".to_owned(),
                    K::ROLE_OPTION_IN_ROLE => "in role".to_owned(),
                    K::ROLE_OPTION_IN_GROUP => "in group".to_owned(),
                    K::ROLE_OPTION_ROLE => "role".to_owned(),
                    K::ROLE_OPTION_USER => "user".to_owned(),
                    K::ROLE_OPTION_ADMIN => "admin".to_owned(),
                    _ => option.words(),
                };
                let roles = match option.kid(K::ROLE_REF_LIST) {
                    Some(list) => self.roles(&list)?,
                    None => Vec::new(),
                };
                Ok(RoleOption { name, roles })
            })
            .collect()
    }

    /// `ALTER ROLE`, `ALTER USER` and `ALTER GROUP`, but for renames.
    pub(super) fn alter_role(self, node: &Node) -> Result<AlterRole> {
        let role = self.opt(node, K::ROLE_REF, Self::role)?;
        if role.is_none() && !node.has(K::ALL_KW) {
            return Err(self.missing(node));
        }
        let action = if let Some(set) = node.kid(K::SET_CONFIG_PARAM) {
            AlterRoleAction::Set(self.set_parameter(&set)?)
        } else if let Some(reset) = node.kid(K::RESET_CONFIG_PARAM) {
            AlterRoleAction::Reset(self.reset_parameter(&reset)?)
        } else if let Some(add) = node.kid(K::ADD_USERS) {
            AlterRoleAction::AddMembers(self.roles(&add)?)
        } else if let Some(drop) = node.kid(K::DROP_USERS) {
            AlterRoleAction::DropMembers(self.roles(&drop)?)
        } else {
            // No option at all is valid.
            let options = self.opt(node, K::ROLE_OPTION_LIST, Self::role_options)?;
            AlterRoleAction::Options(options.unwrap_or_default())
        };
        let database =
            self.opt(node, K::IN_DATABASE, |it, clause| it.ident_in(clause, K::DATABASE_REF))?;
        Ok(AlterRole { role, database, action })
    }

    pub(super) fn drop_role(self, node: &Node, kind: RoleKind) -> Result<DropRole> {
        Ok(DropRole { kind, roles: self.roles(node)?, if_exists: node.has(K::IF_EXISTS) })
    }

    // GRANT and REVOKE.

    pub(super) fn grant(self, node: &Node) -> Result<Statement> {
        let grant = node.kind() == K::GRANT;
        let roles = self.roles(&self.need(node, K::ROLE_REF_LIST)?)?;
        let granted_by = self.opt(node, K::GRANTED_BY_CLAUSE, |it, clause| {
            it.role(&it.need(clause, K::ROLE_REF)?)
        })?;
        let cascade = node.has(K::CASCADE);
        let Some(on) = node.kid(K::ON_PRIVILEGE_OBJECTS_CLAUSE) else {
            let list = self.need(node, K::REVOKE_COMMAND_LIST)?;
            let granted = self.some(&list, K::REVOKE_COMMAND, Self::ident)?;
            let options = self.role_grant_options(node)?;
            return Ok(Statement::GrantRole(GrantRole {
                grant,
                granted,
                roles,
                options,
                granted_by,
                cascade,
            }));
        };
        let (privileges, columns) = self.privileges(node)?;
        let objects = self.found(&on, on.first_child())?;
        Ok(Statement::Grant(Grant {
            grant,
            privileges,
            columns,
            target: self.grant_target(&objects)?,
            roles,
            grant_option: node.has(K::GRANT_OPTION_FOR)
                || node.kid(K::GRANT_WITH_CLAUSE).is_some_and(|it| it.has(K::GRANT_OPTION)),
            granted_by,
            cascade,
        }))
    }

    fn role_grant_options(self, node: &Node) -> Result<Vec<(String, bool)>> {
        let revoked = [
            (K::ADMIN_OPTION_FOR, "admin"),
            (K::INHERIT_OPTION_FOR, "inherit"),
            (K::SET_OPTION_FOR, "set"),
        ];
        let mut options: Vec<(String, bool)> = revoked
            .iter()
            .filter(|(kind, _)| node.has(*kind))
            .map(|(_, name)| ((*name).to_owned(), false))
            .collect();
        let list = node.kid(K::GRANT_WITH_CLAUSE).and_then(|it| it.kid(K::GRANT_ROLE_OPTION_LIST));
        for option in list.iter().flat_map(|it| it.kids(K::GRANT_ROLE_OPTION)) {
            let name = self.ident_in(&option, K::GRANT_ROLE_OPTION_NAME)?.text;
            let value = option.tokens().last().is_none_or(|it| it.kind() != K::FALSE_KW);
            options.push((name, value));
        }
        Ok(options)
    }

    /// The privileges of a node, and the columns of `ALL (a, b)`.
    fn privileges(self, node: &Node) -> Result<(Vec<Privilege>, Vec<Ident>)> {
        if let Some(all) = node.kid(K::ALL_PRIVILEGES) {
            return Ok((Vec::new(), self.column_list(&all)?));
        }
        let list = self.need(node, K::REVOKE_COMMAND_LIST)?;
        let privileges = self.some(&list, K::REVOKE_COMMAND, |it, command| {
            let words: Vec<String> = command
                .solid()
                .filter(|part| part.kind() != K::COLUMN_REF_LIST)
                .map(|part| part.to_string().to_lowercase())
                .collect();
            Ok(Privilege { name: words.join(" "), columns: it.column_list(command)? })
        })?;
        Ok((privileges, Vec::new()))
    }

    fn grant_target(self, node: &Node) -> Result<GrantTarget> {
        let all = |kind: ObjectKind| -> Result<GrantTarget> {
            Ok(GrantTarget::AllInSchema {
                kind,
                schemas: self.some(node, K::SCHEMA_REF, Self::ident)?,
            })
        };
        let kind = match node.kind() {
            K::PRIVILEGE_ALL_FUNCTIONS_IN_SCHEMA => return all(ObjectKind::Function),
            K::PRIVILEGE_ALL_PROCEDURES_IN_SCHEMA => return all(ObjectKind::Procedure),
            K::PRIVILEGE_ALL_ROUTINES_IN_SCHEMA => return all(ObjectKind::Routine),
            K::PRIVILEGE_ALL_SEQUENCES_IN_SCHEMA => return all(ObjectKind::Sequence),
            K::PRIVILEGE_ALL_TABLES_IN_SCHEMA => return all(ObjectKind::Table),
            K::PRIVILEGE_FUNCTION | K::PRIVILEGE_PROCEDURE | K::PRIVILEGE_ROUTINE => {
                let kind = match node.kind() {
                    K::PRIVILEGE_FUNCTION => ObjectKind::Function,
                    K::PRIVILEGE_PROCEDURE => ObjectKind::Procedure,
                    _ => ObjectKind::Routine,
                };
                let list = self.found(node, node.first_child())?;
                let functions = list.children().map(|it| self.signature(&it, kind));
                return functions.collect::<Result<_>>().map(GrantTarget::Objects);
            }
            K::PRIVILEGE_DATABASE => ObjectKind::Database,
            K::PRIVILEGE_DOMAIN => ObjectKind::Domain,
            K::PRIVILEGE_FOREIGN_DATA_WRAPPER => ObjectKind::ForeignDataWrapper,
            K::PRIVILEGE_FOREIGN_SERVER => ObjectKind::ForeignServer,
            K::PRIVILEGE_LANGUAGE => ObjectKind::Language,
            K::PRIVILEGE_LARGE_OBJECT => ObjectKind::LargeObject,
            K::PRIVILEGE_PARAMETER => ObjectKind::Parameter,
            K::PRIVILEGE_PROPERTY_GRAPH => ObjectKind::PropertyGraph,
            K::PRIVILEGE_SCHEMA => ObjectKind::Schema,
            K::PRIVILEGE_SEQUENCE => ObjectKind::Sequence,
            K::PRIVILEGE_TABLESPACE => ObjectKind::Tablespace,
            K::PRIVILEGE_TYPE => ObjectKind::Type,
            _ => ObjectKind::Table,
        };
        let objects: Vec<ObjectRef> =
            if node.first_child().is_some_and(|it| it.kind() == K::PATH_REF) {
                vec![self.object(node, kind, node, Signature::None)?]
            } else {
                node.children()
                    .map(|it| self.object(&it, kind, &it, Signature::None))
                    .collect::<Result<_>>()?
            };
        if objects.is_empty() {
            return Err(self.missing(node));
        }
        Ok(GrantTarget::Objects(objects))
    }

    pub(super) fn alter_default_privileges(self, node: &Node) -> Result<AlterDefaultPrivileges> {
        let action = node.any(&[K::GRANT_DEFAULT_PRIVILEGES, K::REVOKE_DEFAULT_PRIVILEGES]);
        let action = self.found(node, action)?;
        let kind = action.children().find_map(|it| {
            Some(match it.kind() {
                K::PRIVILEGE_TARGET_FUNCTIONS => ObjectKind::Function,
                K::PRIVILEGE_TARGET_LARGE_OBJECTS => ObjectKind::LargeObject,
                K::PRIVILEGE_TARGET_ROUTINES => ObjectKind::Routine,
                K::PRIVILEGE_TARGET_SCHEMAS => ObjectKind::Schema,
                K::PRIVILEGE_TARGET_SEQUENCES => ObjectKind::Sequence,
                K::PRIVILEGE_TARGET_TABLES => ObjectKind::Table,
                K::PRIVILEGE_TARGET_TYPES => ObjectKind::Type,
                _ => return None,
            })
        });
        Ok(AlterDefaultPrivileges {
            for_roles: self.opt(node, K::FOR_ROLES, Self::roles)?.unwrap_or_default(),
            in_schemas: match node.kid(K::IN_SCHEMAS) {
                Some(clause) => self.some(&clause, K::SCHEMA_REF, Self::ident)?,
                None => Vec::new(),
            },
            grant: action.kind() == K::GRANT_DEFAULT_PRIVILEGES,
            privileges: self.privileges(&action)?.0,
            kind: self.found(&action, kind)?,
            roles: self.roles(&self.need(&action, K::ROLE_REF_LIST)?)?,
            grant_option: action.has(K::GRANT_OPTION_FOR) || action.has(K::GRANT_WITH_CLAUSE),
            cascade: action.has(K::CASCADE),
        })
    }

    pub(super) fn reassign_owned(self, node: &Node) -> Result<ReassignOwned> {
        let mut lists = node.kids(K::ROLE_REF_LIST);
        let (Some(from), Some(to)) = (lists.next(), lists.next()) else {
            return Err(self.missing(node));
        };
        let mut to = self.roles(&to)?;
        let first = to.drain(..).next();
        Ok(ReassignOwned { from: self.roles(&from)?, to: self.found(node, first)? })
    }

    pub(super) fn drop_owned(self, node: &Node) -> Result<DropOwned> {
        let list = self.need(node, K::ROLE_REF_LIST)?;
        Ok(DropOwned { by: self.roles(&list)?, cascade: node.has(K::CASCADE) })
    }
}
