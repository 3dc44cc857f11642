//! Views and materialized views.

use super::{Ident, Name, Persistence, Query, StorageParameter};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView {
    pub name: Name,
    pub or_replace: bool,
    pub persistence: Persistence,
    pub recursive: bool,
    pub columns: Vec<Ident>,
    pub with: Vec<StorageParameter>,
    pub query: Query,
    pub check_option: Option<CheckOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOption {
    Local,
    Cascaded,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateMaterializedView {
    pub name: Name,
    pub if_not_exists: bool,
    pub columns: Vec<Ident>,
    pub access_method: Option<Ident>,
    pub with: Vec<StorageParameter>,
    pub tablespace: Option<Ident>,
    pub query: Query,
    pub with_no_data: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    pub view: Name,
    pub concurrently: bool,
    pub with_no_data: bool,
}
