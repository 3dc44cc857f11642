//! The commands, one file each: what they take, and what they print.

pub(crate) mod branches;
pub(crate) mod check;
pub(crate) mod edit;
pub(crate) mod heads;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod lock;
pub(crate) mod merge;
pub(crate) mod new;
pub(crate) mod show;
