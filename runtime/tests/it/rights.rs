//! Roles that may not do everything, servers that take no writes, and history tables elsewhere.

use pgmigrate::{Error, ErrorKind};
use pgmigrate_scratch::Scratch;
use postgres::NoTls;

use crate::common::*;

fn one_table() -> pgmigrate::Migrations {
    chain([rev("a1", &["CREATE TABLE t ()"]).down(&["DROP TABLE t"])])
}

fn permission(error: &Error) -> &pgmigrate::Permission {
    match error {
        Error::Permission(permission) => permission,
        other => panic!("not about a right: {other}"),
    }
}

#[test]
fn who_may_not_create_in_the_schema_is_told_what_to_grant() {
    let database = database();
    let role = Role::new(&database, "odd \"role\"");
    let mut client = role.connect();
    let error = one_table().upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Permission);
    let text = error.to_string();
    let quoted = format!("\"{}\"", role.name.replace('"', "\"\""));
    assert!(text.starts_with(&format!("role {quoted} may not create the history table public.migrate_history\nERROR 42501: permission denied for schema public")), "{text}");
    assert_eq!(permission(&error).grants, [format!("GRANT CREATE ON SCHEMA public TO {quoted}")]);
    assert!(is_unlocked(&mut client));
    // What the error says to type works.
    let mut admin = database.connect().unwrap();
    for grant in &permission(&error).grants {
        admin.batch_execute(grant).unwrap();
    }
    assert_eq!(done(&one_table().upgrade(&mut client).unwrap()), ["a1"]);
}

#[test]
fn nothing_to_do_needs_select_only() {
    let database = database();
    let mut admin = database.connect().unwrap();
    one_table().upgrade(&mut admin).unwrap();
    let role = Role::new(&database, "");
    let mut client = role.connect();
    let error = one_table().upgrade(&mut client).unwrap_err();
    let name = &role.name;
    let grants = [format!("GRANT SELECT ON public.migrate_history TO {name}")];
    assert_eq!(permission(&error).grants, grants, "{error}");
    admin.batch_execute(&grants[0]).unwrap();
    assert!(one_table().upgrade(&mut client).unwrap().is_empty());
    assert_eq!(one_table().status(&mut client).unwrap().history.len(), 1);
    // With something to do, the missing right is found before anything is left behind.
    admin.batch_execute(&format!("GRANT CREATE ON SCHEMA public TO {name}")).unwrap();
    let more = chain([rev("a1", &["CREATE TABLE t ()"]), rev("b2", &["CREATE TABLE u ()"])]);
    let error = more.upgrade(&mut client).unwrap_err();
    let grants = [format!("GRANT INSERT ON public.migrate_history TO {name}")];
    assert_eq!(permission(&error).grants, grants, "{error}");
    assert_eq!(one(&mut client, "SELECT to_regclass('u')"), "NULL");
    assert!(is_unlocked(&mut client));
}

#[test]
fn a_schema_that_may_not_be_used_is_named() {
    let database = database();
    let mut admin = database.connect().unwrap();
    one_table().runner().history_table("ops.applied").upgrade(&mut admin).unwrap();
    let role = Role::new(&database, "");
    let error =
        one_table().runner().history_table("ops.applied").upgrade(&mut role.connect()).unwrap_err();
    let name = &role.name;
    assert_eq!(
        permission(&error).grants,
        [
            format!("GRANT USAGE ON SCHEMA ops TO {name}"),
            format!("GRANT SELECT ON ops.applied TO {name}")
        ]
    );
    let error =
        one_table().runner().history_table("new.applied").upgrade(&mut role.connect()).unwrap_err();
    let grants = [format!("GRANT CREATE ON DATABASE {} TO {name}", database.name())];
    assert_eq!(permission(&error).grants, grants, "{error}");
}

#[test]
fn the_history_can_be_in_another_schema_under_an_odd_name() {
    let database = database();
    let mut client = database.connect().unwrap();
    let name = r#""My ""Ops"" Schema"."What's \ applied?""#;
    let migrations = one_table();
    let mut runner = migrations.runner().history_table(name);
    assert_eq!(done(&runner.upgrade(&mut client).unwrap()), ["a1"]);
    assert!(runner.upgrade(&mut client).unwrap().is_empty());
    assert_eq!(one(&mut client, &format!("SELECT revision FROM {name}")), "a1");
    let mut runner = migrations.runner().history_table(name).target("base");
    assert_eq!(done(&runner.downgrade(&mut client).unwrap()), ["a1"]);
    let error = migrations.runner().history_table("a.b.c").upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert_eq!(
        error.to_string(),
        "`a.b.c` cannot name the history table: it has more parts than a schema and a table"
    );
}

#[test]
fn two_histories_do_not_wait_for_each_other() {
    let database = database();
    let mut other = database.connect().unwrap();
    other.batch_execute("SELECT pg_advisory_lock(2526730102701465200)").unwrap();
    let mut client = database.connect().unwrap();
    let report = one_table().runner().history_table("ops.applied").upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["a1"]);
}

#[test]
fn a_connection_that_takes_no_writes_is_told_why() {
    let database = database();
    let mut client = database.connect().unwrap();
    client.batch_execute("SET default_transaction_read_only = on").unwrap();
    let error = one_table().upgrade(&mut client).unwrap_err();
    assert_eq!(error.sqlstate(), Some("25006"));
    assert!(matches!(error, Error::ReadOnly { standby: false, .. }));
    assert_eq!(
        error.to_string(),
        "1 revision to run, and `default_transaction_read_only` is on for this connection; \
         turn it off\n  a1"
    );
    assert!(is_unlocked(&mut client));
}

#[test]
fn a_standby_is_told_apart() {
    let server = Scratch::new().start().unwrap();
    one_table().runner().target("a1").stamp(&mut server.connect("postgres").unwrap()).unwrap();
    let standby = Standby::of(&server);
    let mut client = standby.config().connect(NoTls).unwrap();
    assert_eq!(one(&mut client, "SELECT pg_is_in_recovery()"), "t");
    assert!(one_table().upgrade(&mut client).unwrap().is_empty(), "nothing to do is fine");
    let more = chain([rev("a1", &["CREATE TABLE t ()"]), rev("b2", &["CREATE TABLE u ()"])]);
    let error = more.upgrade(&mut client).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { standby: true, .. }), "{error}");
    assert!(is_unlocked(&mut client));
}
