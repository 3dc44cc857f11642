//! What revisions do to their session, and what of it is left.

use pgmigrate::chain::Mode;
use postgres::Client;

use crate::common::*;

/// What a client can see of its session.
fn session(client: &mut Client) -> Vec<String> {
    column(
        client,
        "SELECT name || '=' || setting FROM pg_settings WHERE source = 'session' \
         AND name NOT LIKE 'transaction%' \
         UNION ALL SELECT 'role=' || current_setting('role') \
         UNION ALL SELECT 'user=' || session_user \
         UNION ALL SELECT 'mine=' || coalesce(current_setting('my.own', true), '') ORDER BY 1",
    )
}

#[test]
fn a_search_path_does_not_leak() {
    for mode in [Mode::Transaction, Mode::Alone, Mode::OwnTransactions] {
        let database = database();
        let mut client = database.connect().unwrap();
        let before = session(&mut client);
        let migrations = chain([
            rev(
                "a1",
                &[
                    "SELECT pg_catalog.set_config('search_path', '', false)",
                    "SET check_function_bodies = off",
                    "SET standard_conforming_strings = off",
                    "CREATE TABLE public.a ()",
                ],
            )
            .mode(mode),
            rev("b2", &["CREATE TABLE b ()", "INSERT INTO a DEFAULT VALUES"]),
        ]);
        migrations.upgrade(&mut client).unwrap();
        assert_eq!(session(&mut client), before, "{mode:?}");
        assert_eq!(one(&mut client, "SELECT 'b'::regclass"), "b");
    }
}

#[test]
fn what_the_client_had_set_is_there_for_each_revision_and_afterwards() {
    let database = database();
    let mut client = database.connect().unwrap();
    client
        .batch_execute(
            "CREATE SCHEMA app; SET search_path = app, public; SET TimeZone = 'Asia/Tokyo'; \
             SET my.own = 'kept'; SET application_name = 'it''s me'; SET lock_timeout = '7s'",
        )
        .unwrap();
    let before = session(&mut client);
    let migrations = |last: &str| {
        let settings = [
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "SET search_path = pg_catalog",
            "SET TimeZone = 'UTC'",
            "RESET application_name",
            "SET statement_timeout = '1h'",
            last,
        ];
        let look = "CREATE TABLE seen AS SELECT current_setting('TimeZone') AS zone, \
                    current_setting('my.own') AS own, \
                    current_setting('application_name') AS name, \
                    current_setting('statement_timeout') AS timeout, \
                    current_setting('lock_timeout') AS lock_timeout";
        chain([
            rev("a1", &settings),
            rev("b2", &[look]),
            rev("c3", &["SET search_path = public", "DISCARD PLANS"]).mode(Mode::Alone),
        ])
    };
    migrations("SELECT nope").upgrade(&mut client).unwrap_err();
    assert_eq!(session(&mut client), before, "after a failure");
    migrations("SELECT 1").upgrade(&mut client).unwrap();
    assert_eq!(session(&mut client), before);
    assert_eq!(
        one(&mut client, "SELECT (zone, own, name, timeout, lock_timeout)::text FROM app.seen"),
        "(Asia/Tokyo,kept,\"it's me\",0,3s)"
    );
}

#[test]
fn a_role_does_not_leak_and_does_not_write_the_history() {
    let database = database();
    let mut client = database.connect().unwrap();
    let role = Role::new(&database, "");
    let name = role.name.clone();
    let as_role = format!("SET ROLE {name}");
    let as_user = format!("SET SESSION AUTHORIZATION {name}");
    for (index, set) in [as_role.as_str(), as_user.as_str()].into_iter().enumerate() {
        for mode in [Mode::Transaction, Mode::Alone] {
            let (first, second) = (format!("a{index}{mode:?}"), format!("b{index}{mode:?}"));
            let table = format!("CREATE TABLE {second} ()");
            let table_name = format!("history_{index}_{mode:?}");
            let migrations =
                chain([rev(&first, &[set, "SELECT 1"]).mode(mode), rev(&second, &[&table])]);
            let report =
                migrations.runner().history_table(&table_name).upgrade(&mut client).unwrap();
            assert_eq!(report.done.len(), 2);
            assert_eq!(one(&mut client, "SELECT current_user"), "postgres");
            let owner = format!("SELECT DISTINCT applied_by FROM {table_name}");
            assert_eq!(one(&mut client, &owner), "postgres");
        }
    }
}

#[test]
fn the_role_that_the_client_chose_is_kept() {
    let database = database();
    let owner = Role::new(&database, "");
    let mut client = database.connect().unwrap();
    let name = &owner.name;
    client
        .batch_execute(&format!("GRANT CREATE ON SCHEMA public TO {name}; SET ROLE {name}"))
        .unwrap();
    let migrations = chain([
        rev("a1", &["RESET ROLE", "CREATE TABLE by_postgres ()"]),
        rev("b2", &["CREATE TABLE by_role ()"]),
    ]);
    migrations.upgrade(&mut client).unwrap();
    assert_eq!(one(&mut client, "SELECT current_user"), *name);
    let owners = "SELECT tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    assert_eq!(column(&mut client, owners), ["postgres", name, name]);
    // Who logged in, and not whom they became, is what the history says.
    assert_eq!(one(&mut client, "SELECT DISTINCT applied_by FROM migrate_history"), "postgres");
    client.batch_execute(&format!("RESET ROLE; DROP OWNED BY {name}")).unwrap();
}

#[test]
fn hostile_operators_are_not_called() {
    let database = database();
    let mut client = database.connect().unwrap();
    client
        .batch_execute(
            "CREATE SCHEMA evil; \
             CREATE FUNCTION evil.fail(text, text) RETURNS bool LANGUAGE plpgsql AS \
             $$ BEGIN RAISE 'called'; END $$; \
             CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.fail); \
             CREATE OPERATOR evil.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.fail); \
             CREATE FUNCTION evil.now() RETURNS timestamptz LANGUAGE plpgsql AS \
             $$ BEGIN RAISE 'called'; END $$; \
             CREATE TYPE evil.text AS ENUM ('no'); \
             SET search_path = evil, pg_catalog",
        )
        .unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE public.a ()"]).down(&["DROP TABLE public.a"]),
        rev("b2", &["SELECT 1"]).mode(Mode::Alone).down(&["SELECT 1"]),
    ]);
    migrations.upgrade(&mut client).unwrap();
    migrations.status(&mut client).unwrap();
    migrations.runner().target("base").downgrade(&mut client).unwrap();
    migrations.runner().target("a1").stamp(&mut client).unwrap();
    assert_eq!(one(&mut client, "SHOW search_path"), "evil, pg_catalog");
}

#[test]
fn standard_conforming_strings_may_be_off() {
    let database = database();
    let mut client = database.connect().unwrap();
    client.batch_execute("SET standard_conforming_strings = off").unwrap();
    let mut revision = rev("a1", &["CREATE TABLE a ()"]).build();
    revision.title = r"a \' title; with -- quotes '' and \\".into();
    let migrations = graph(vec![revision.clone()]);
    migrations.upgrade(&mut client).unwrap();
    let status = migrations.status(&mut client).unwrap();
    assert_eq!(status.history[0].description, revision.title);
}
