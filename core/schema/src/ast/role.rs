//! Roles and what they may do.

use super::{Ident, Name, ObjectKind, ObjectRef, SetParameter};

/// A role where a statement names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleSpec {
    Name(Ident),
    Public,
    CurrentRole,
    CurrentUser,
    SessionUser,
}

/// `CREATE ROLE`, `USER` or `GROUP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRole {
    pub kind: RoleKind,
    pub name: Ident,
    pub options: Vec<RoleOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    Role,
    User,
    Group,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOption {
    /// `superuser`, `nologin`, `connection limit`, `in role` …: in lower case. No password is
    /// kept.
    pub name: String,
    pub roles: Vec<RoleSpec>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterRole {
    /// `None` for `ALL`.
    pub role: Option<RoleSpec>,
    pub database: Option<Ident>,
    pub action: AlterRoleAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterRoleAction {
    Options(Vec<RoleOption>),
    Set(SetParameter),
    /// `None` for `ALL`.
    Reset(Option<Name>),
    /// `ALTER GROUP … ADD USER`.
    AddMembers(Vec<RoleSpec>),
    DropMembers(Vec<RoleSpec>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropRole {
    pub kind: RoleKind,
    pub roles: Vec<RoleSpec>,
    pub if_exists: bool,
}

/// `GRANT` or `REVOKE` of privileges on objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// `GRANT`; otherwise `REVOKE`.
    pub grant: bool,
    /// Empty for `ALL`.
    pub privileges: Vec<Privilege>,
    /// Of `ALL (a, b)`.
    pub columns: Vec<Ident>,
    pub target: GrantTarget,
    pub roles: Vec<RoleSpec>,
    /// `WITH GRANT OPTION`, or `GRANT OPTION FOR`.
    pub grant_option: bool,
    pub granted_by: Option<RoleSpec>,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privilege {
    /// `select`, `create`, `alter system` …: in lower case.
    pub name: String,
    pub columns: Vec<Ident>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantTarget {
    /// A table without the word `TABLE` may be a sequence or a view.
    Objects(Vec<ObjectRef>),
    AllInSchema {
        kind: ObjectKind,
        schemas: Vec<Ident>,
    },
}

/// `GRANT role TO role`, or its `REVOKE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRole {
    pub grant: bool,
    pub granted: Vec<Ident>,
    pub roles: Vec<RoleSpec>,
    /// `admin`, `inherit`, `set`, with the value that is granted, or the one that is revoked.
    pub options: Vec<(String, bool)>,
    pub granted_by: Option<RoleSpec>,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDefaultPrivileges {
    pub for_roles: Vec<RoleSpec>,
    pub in_schemas: Vec<Ident>,
    pub grant: bool,
    /// Empty for `ALL`.
    pub privileges: Vec<Privilege>,
    pub kind: ObjectKind,
    pub roles: Vec<RoleSpec>,
    pub grant_option: bool,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReassignOwned {
    pub from: Vec<RoleSpec>,
    pub to: RoleSpec,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropOwned {
    pub by: Vec<RoleSpec>,
    pub cascade: bool,
}
