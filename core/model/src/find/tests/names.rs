//! Whose derive a name is.

use super::{all, of, said};

#[test]
fn imports_are_followed() {
    for text in [
        "#[derive(pgmigrate::Table)] struct A {}",
        "#[derive(Debug, ::pgmigrate::Table)] struct A {}",
        "use pgmigrate::Table; #[derive(Table)] struct A {}",
        "use pgmigrate::{Enum, Table as T}; #[derive(T)] struct A {}",
        "use pgmigrate::*; use other::*; #[derive(Table)] struct A {}",
        "use ::pgmigrate as pg; #[derive(pg::Table)] struct A {}",
        "use pgmigrate::{self, Enum}; #[derive(pgmigrate::Table)] struct A {}",
        "extern crate pgmigrate as pg; mod m { #[derive(pg::Table)] struct A {} }",
        "mod m { extern crate pgmigrate as pg; #[derive(pg::Table)] struct A {} }",
        "#[macro_use] extern crate pgmigrate; mod m { #[derive(Table)] struct A {} }",
        "extern crate self as me; pub use pgmigrate::Table; #[derive(me::Table)] struct A {}",
        "use pgmigrate::Table; mod m { use super::*; #[derive(Table)] struct A {} }",
        "use pgmigrate::Table as T; mod m { #[derive(crate::T)] struct A {} }",
        "mod p { pub use pgmigrate::{Enum, Table}; } use p::*; #[derive(Table)] struct A {}",
        "mod p { pub mod q { pub use pgmigrate as pg; } } mod m { use crate::p::q::pg::Table as T;\n\
         #[derive(T)] struct A {} }",
        "mod m { mod n { #[derive(super::super::p::Table)] struct A {} } } mod p { \n\
         pub use self::q::Table; mod q { pub use pgmigrate::Table; } }",
        // A type of the same name is no derive.
        "use pgmigrate::*; use crate::t::Table; mod t { pub struct Table; }\n\
         #[derive(Table)] struct A {}",
        // What is written later counts as well.
        "#[derive(Table)] struct A {} use pgmigrate::Table;",
        // A module under two conditions.
        "#[cfg(a)] mod p {} #[cfg(not(a))] mod p { pub use pgmigrate::Table; }\n\
         #[derive(p::Table)] struct A {}",
    ] {
        assert_eq!(of(text).len(), 1, "{text}");
    }
    let files = [
        ("src/lib.rs", "use pgmigrate::Table as T; mod a;"),
        ("src/a.rs", "use crate::T; #[derive(T)] struct A {}"),
    ];
    assert_eq!(all(&files), ["A src/a.rs:1:35"]);
}

#[test]
fn what_is_of_others_is_not_ours() {
    for text in [
        "#[derive(other::Table)] struct A {}",
        "use other::Table; #[derive(Table)] struct A {}",
        "use other::{prelude::Table, Enum}; #[derive(Table)] struct A {} #[derive(Enum)] enum B {}",
        "use other::*; #[derive(Enum)] enum B {}",
        "#[derive(pgmigrate::Other)] struct A {}",
        "#[cfg(test)] use pgmigrate::Table as T; #[derive(T)] struct A {}",
        "use a::b; use b::a; use a::*; use b::*; use self::*; #[derive(a::c, b::Clone)] struct A {}",
        "fn f() { use other::Table; #[derive(Table)] struct A {} }",
        "m! { #[derive(other::Table)] struct A {} }",
        "use other::Table; m! { #[derive(Table)] struct A {} }",
    ] {
        assert_eq!(of(text), [""; 0], "{text}");
    }
}

#[test]
fn what_may_be_ours_is_said() {
    for text in [
        "#[derive(Table)] struct A {}",
        "use common::prelude::*; #[derive(Table)] struct A {}",
        "use common::Table; #[derive(Table)] #[table(name = \"a\")] struct A {}",
        "#[derive(common::Table)] struct A { #[column(primary_key)] id: i64 }",
        "use missing::*; #[derive(Table)] struct A { #[column(primary_key)] id: i64 }",
    ] {
        let said = said(text);
        assert_eq!(said.len(), 1, "{text}");
        assert!(
            said[0].ends_with("if it is that of pgmigrate, write `pgmigrate::Table`"),
            "{text}"
        );
    }
    assert_eq!(
        said("use common::*; #[derive(Enum)] enum A { #[label(\"a\")] A }"),
        ["Unseen src/lib.rs:1:37: whose derive `Enum` is, is not seen; if it is that of \
          pgmigrate, write `pgmigrate::Enum`"]
    );
}
