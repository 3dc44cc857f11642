//! What a transcript cannot show: pipes, signals, rights, passwords, and several at once.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pgmigrate_scratch::{Scratch, Server};

use crate::sandbox::{BINARY, Sandbox};

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0)
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 300);
    let mut child = sandbox
        .command(BINARY)
        .args(["migrate", "history", "--dir", "m", "-v"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "Revision: r0300 (head)");
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), errors(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full");
        return;
    };
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 1);
    let mut command = sandbox.command(BINARY);
    command.args(["migrate", "history", "--dir", "m"]).stdout(full).stderr(Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("cannot write the output: No space left"), "{output:?}");
}

#[test]
fn a_directory_without_rights_says_so() {
    if !is_root() {
        println!("skipped: only root can become another user");
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 1);
    let run = |rights: u32, arguments: &[&str]| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode;
        std::fs::set_permissions(sandbox.path(), mode(0o755)).unwrap();
        std::fs::set_permissions(sandbox.path().join("m"), mode(rights)).unwrap();
        let mut command = sandbox.command("setpriv");
        command.args(["--reuid=65534", "--clear-groups", BINARY, "migrate", "--dir", "m"]);
        command.args(arguments).output().unwrap()
    };
    let output = run(0o700, &["check"]);
    if errors(&output).contains("setpriv") {
        println!("skipped: {}", errors(&output));
        return;
    }
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(
        errors(&output),
        "error: cannot read m: Permission denied (os error 13)\n\
         hint: you need the right to read it: `ls -ld m`\n"
    );
    let before = std::fs::read_to_string(sandbox.path().join("m/migrations.lock")).unwrap();
    let output = run(0o755, &["new", "-m", "x"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).starts_with("error: cannot write m/"), "{output:?}");
    assert!(errors(&output).contains("\nhint: you need the right to write there"), "{output:?}");
    let after = std::fs::read_to_string(sandbox.path().join("m/migrations.lock")).unwrap();
    assert_eq!(before, after);
    assert_eq!(sandbox.path().join("m").read_dir().unwrap().count(), 2);
}

/// A server that asks for passwords.
fn server_with_passwords() -> Server {
    let rules = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&rules, "local all postgres trust\nlocal all all scram-sha-256\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode;
    std::fs::set_permissions(&rules, mode(0o644)).unwrap();
    let path = rules.path().to_str().unwrap().to_owned();
    // The server reads the file when it starts.
    Scratch::new().settings(&[("hba_file", &path)]).start().unwrap()
}

#[test]
fn wrong_and_missing_passwords_and_rights_say_so() {
    let server = server_with_passwords();
    let mut client = server.connect("postgres").unwrap();
    for sql in [
        "CREATE DATABASE app",
        "CREATE ROLE app LOGIN PASSWORD 'right'",
        "CREATE ROLE reader LOGIN PASSWORD 'right'",
    ] {
        client.batch_execute(sql).unwrap();
    }
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 1);
    let run = |login: &str, command: &str| {
        let url = server.url("app").replace("postgres@", &format!("{login}@"));
        let output = sandbox.migrate(&[command, "--dir", "m", "--database-url", &url]);
        let shown = format!("{}{}", errors(&output), String::from_utf8_lossy(&output.stdout));
        assert!(!shown.contains("wrong") && !shown.contains("right@"), "{shown}");
        (output.status.code(), shown)
    };
    let (code, shown) = run("app:wrong", "upgrade");
    assert_eq!(code, Some(7));
    assert!(shown.contains("password authentication failed for user \"app\""), "{shown}");
    assert!(shown.contains("hint: mend the user or the password in --database-url"), "{shown}");
    let (code, shown) = run("app", "upgrade");
    assert_eq!(code, Some(7));
    assert!(shown.contains("password missing"), "{shown}");
    assert!(shown.contains("hint: put the password into --database-url"), "{shown}");

    // Since PostgreSQL 15, not everybody may create in the schema public.
    let (code, shown) = run("app:right", "upgrade");
    assert_eq!(code, Some(7), "{shown}");
    assert!(shown.contains("GRANT CREATE ON SCHEMA public TO app"), "{shown}");
    // Reading needs no more than a connection, and then SELECT.
    let (code, shown) = run("reader:right", "status");
    assert_eq!(code, Some(3), "{shown}");
    assert_eq!(run("postgres", "upgrade").0, Some(0));
    let (code, shown) = run("reader:right", "status");
    assert_eq!(code, Some(7), "{shown}");
    assert!(shown.contains("may not"), "{shown}");
    let mut client = server.connect("app").unwrap();
    client.batch_execute("GRANT SELECT ON public.migrate_history TO reader").unwrap();
    assert_eq!(run("reader:right", "upgrade").0, Some(0));
}

#[test]
fn several_upgrades_at_once_all_succeed_and_one_does_the_work() {
    let sandbox = Sandbox::with_database();
    sandbox.write_chain("m", 20);
    let outputs: Vec<Output> = thread::scope(|scope| {
        let run = || sandbox.migrate(&["upgrade", "--dir", "m", "--format", "json"]);
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut applied = 0;
    for output in &outputs {
        assert!(output.status.success(), "{}", errors(output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        applied += report["revisions"].as_array().unwrap().len();
        assert_eq!(report["current"], serde_json::json!(["r0020"]));
    }
    assert_eq!(applied, 20);
}

#[test]
fn an_interrupted_upgrade_leaves_nothing_half_done() {
    let sandbox = Sandbox::with_database();
    sandbox.write_chain("m", 2);
    let slow = sandbox.path().join("m/2026-01-01_r0002_add_table.sql");
    let text = std::fs::read_to_string(&slow).unwrap();
    let text = text.replace("CREATE INDEX", "SELECT pg_sleep(60);\nCREATE INDEX");
    std::fs::write(&slow, text).unwrap();
    let mut child = sandbox
        .command(BINARY)
        .args(["migrate", "upgrade", "--dir", "m"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut seen = String::new();
    let mut errors = child.stderr.take().unwrap();
    let mut byte = [0];
    while !seen.contains("add table 2") {
        assert_eq!(errors.read(&mut byte).unwrap(), 1, "{seen}");
        seen.push(char::from(byte[0]));
    }
    // As Ctrl-C does.
    let kill = |pid: u32| sandbox.command("kill").args(["-INT", &pid.to_string()]).status();
    assert!(kill(child.id()).unwrap().success());
    assert!(!child.wait().unwrap().success());
    // The server notices, and lets the lock go; then the way is free.
    let text = std::fs::read_to_string(&slow).unwrap();
    std::fs::write(&slow, text.replace("SELECT pg_sleep(60);\n", "")).unwrap();
    let started = Instant::now();
    sandbox.succeed(&["upgrade", "--dir", "m", "--wait", "30s"]);
    assert!(started.elapsed() < Duration::from_secs(20));
    assert_eq!(
        sandbox.succeed(&["current", "--dir", "m"]),
        "r0002 (head) (current), add table 2\n"
    );
}

#[test]
fn a_throw_away_server_goes_with_its_command() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command(BINARY)
        .args(["migrate", "scratch", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let url = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let directory = url.split_once("host=").unwrap().1.split('&').next().unwrap().to_owned();
    assert!(std::path::Path::new(&directory).is_dir(), "{url}");
    let kill = sandbox.command("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert!(!child.wait().unwrap().success());
    let started = Instant::now();
    while std::path::Path::new(&directory).exists() {
        assert!(started.elapsed() < Duration::from_secs(20), "{directory} is still there");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_was_kept_from_earlier_changes_no_result() {
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 40);
    sandbox.write("target/CACHEDIR.TAG", "");
    let check = || sandbox.migrate(&["check", "--dir", "m"]);
    for _ in 0..2 {
        assert_eq!(check().stdout, b"Checked 40 revisions in m: no mistakes\n");
    }
    let kept: Vec<_> = sandbox.path().join("target/pgmigrate").read_dir().unwrap().collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    // A file that changed is read again, and one that is damaged is no matter.
    let file = sandbox.path().join("m/2026-01-01_r0040_add_table.sql");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("CREATE TABLE", "CREATE TABEL")).unwrap();
    let output = check();
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stdout).contains("syntax error at or near \"TABEL\""));
    std::fs::write(&file, text).unwrap();
    std::fs::write(kept[0].as_ref().unwrap().path(), "nonsense").unwrap();
    assert_eq!(check().status.code(), Some(0));
}

#[test]
fn an_import_that_cannot_be_written_leaves_nothing() {
    let sandbox = Sandbox::new();
    for day in ["01", "02", "03"] {
        sandbox.write(&format!("old/2020-01-{day}-000000_t/up.sql"), "SELECT 1;");
    }
    // In the way of the second.
    let directory = sandbox.path().join("m/2020-01-02_20200102000000_t.sql");
    std::fs::create_dir_all(&directory).unwrap();
    let output = sandbox.migrate(&["import", "diesel", "old", "--dir", "m"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(errors(&output).contains("hint: the file is there already"), "{output:?}");
    let left: Vec<_> = sandbox.path().join("m").read_dir().unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    std::fs::remove_dir(directory).unwrap();
    sandbox.succeed(&["import", "diesel", "old", "--dir", "m"]);
}

#[test]
fn json_is_one_object_with_a_version_whatever_is_wrong() {
    let sandbox = Sandbox::with_database();
    sandbox.write_chain("m", 3);
    for arguments in [
        &["check", "--dir", "m"][..],
        &["check", "--dir", "nowhere"],
        &["heads", "--dir", "m"],
        &["branches", "--dir", "m"],
        &["history", "--dir", "m"],
        &["show", "--dir", "m", "r0001", "r0003"],
        &["schema", "--dir", "m"],
        &["upgrade", "--dir", "m", "--dry-run"],
        &["upgrade", "--dir", "m"],
        &["status", "--dir", "m"],
        &["current", "--dir", "m"],
        &["downgrade", "--dir", "m", "base"],
    ] {
        let output = sandbox.migrate(&[arguments, &["--format", "json"]].concat());
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["version"], 1, "{arguments:?}: {json}");
    }
}
