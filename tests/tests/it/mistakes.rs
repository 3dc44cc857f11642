//! What goes wrong for users: one clear message, the next command to type, and an exit code.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use pgmigrate_scratch::{Database, Scratch, Server};
use pgmigrate_tests::chain::{revision, write, write_table};
use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::servers::{self, connect};
use tempfile::TempDir;

use crate::command::{command, migrate};

/// A password that nothing may print, as it is and as addresses have it.
const PASSWORD: &str = "nobody@may-read:this";
const PASSWORD_IN_ADDRESS: &str = "nobody%40may-read%3Athis";

/// A mistake, and what is to be said of it.
struct Mistake {
    what: &'static str,
    ended: Ended,
    /// The exit code, as the reference of the command line has it.
    exit: i32,
    /// Words of the message: what it is, and which thing it is about.
    says: Vec<String>,
    /// Words of the hint.
    hint: &'static str,
}

impl Mistake {
    #[track_caller]
    fn assert(self) {
        let Self { what, ended, exit, says, hint } = self;
        let ended = ended.exits(exit);
        let start = |words: &str| {
            let lines: Vec<&str> =
                ended.stderr.lines().filter(|line| line.starts_with(words)).collect();
            lines.join("\n")
        };
        // The mistakes of a chain are shown one by one, and then summed up.
        let errors = start("error").lines().count();
        assert!(if exit == 5 { errors <= 2 } else { errors == 1 }, "{what}: {errors} in {ended}");
        for words in says {
            assert!(ended.stderr.contains(&words), "{what}: `{words}` is not in {ended}");
        }
        assert!(start("hint: ").contains(hint), "{what}: `{hint}` is no hint in {ended}");
        assert_eq!(ended.stdout, "", "{what}: nothing came of it");
        assert_quiet(&ended);
    }
}

/// Neither a panic nor a secret is in what was printed.
#[track_caller]
fn assert_quiet(ended: &Ended) {
    for text in [&ended.stdout, &ended.stderr] {
        assert!(!text.contains("panicked"), "{ended}");
        assert!(!text.contains("may-read"), "{ended}");
    }
}

/// A directory with a chain of two revisions in `chain`.
fn scene() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let chain = directory.path().join("chain");
    write_table(&chain, "one", "base");
    write_table(&chain, "two", "one");
    lock(&directory);
    directory
}

fn chain(directory: &TempDir) -> PathBuf {
    directory.path().join("chain")
}

fn lock(directory: &TempDir) {
    migrate(directory.path(), &["lock", "--dir", "chain"]).succeeds();
}

/// `upgrade` of the chain.
fn upgrade(directory: &TempDir, url: &str) -> Ended {
    migrate(directory.path(), &["upgrade", "--dir", "chain", "--database-url", url])
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// A server on which the role `app` needs its password, everybody else does not.
struct Guarded {
    server: Server,
    _hba: TempDir,
}

impl Guarded {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let hba = directory.path().join("pg_hba.conf");
        fs::write(&hba, "local all app scram-sha-256\nlocal all all trust\n").unwrap();
        // The server runs as another user, where this one is root.
        fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&hba, Permissions::from_mode(0o644)).unwrap();
        let scratch = Scratch::new().settings(&[("hba_file", hba.to_str().unwrap())]);
        let server = scratch.start().unwrap();
        let role = format!("CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'");
        server.connect("postgres").unwrap().batch_execute(&role).unwrap();
        Self { server, _hba: directory }
    }

    /// The address of a database for a user with a password.
    fn url(&self, login: &str, database: &str) -> String {
        let at = format!("//{login}@");
        self.server.url(database).replace("//postgres@", &at)
    }
}

#[test]
fn a_server_that_is_not_there() {
    let scene = scene();
    let nowhere = format!("postgresql://app:{PASSWORD_IN_ADDRESS}@127.0.0.1:1/shop");
    let mistakes = [
        Mistake {
            what: "no server at a port",
            ended: upgrade(&scene, &nowhere),
            exit: 7,
            says: texts(&["cannot connect to postgresql://app@127.0.0.1:1/shop", "refused"]),
            hint: "`pg_isready -h 127.0.0.1 -p 1`",
        },
        Mistake {
            what: "no server at a socket",
            ended: upgrade(&scene, "postgresql://app@/shop?host=/no/such/place"),
            exit: 7,
            says: texts(&["cannot connect to", "/no/such/place", "No such file"]),
            hint: "`pg_isready -h /no/such/place`",
        },
        Mistake {
            what: "no such host",
            ended: upgrade(&scene, "postgresql://app@no-such-host.invalid/shop"),
            exit: 7,
            says: texts(&["cannot connect to postgresql://app@no-such-host.invalid/shop"]),
            hint: "`pg_isready -h no-such-host.invalid",
        },
    ];
    mistakes.into_iter().for_each(Mistake::assert);
}

#[test]
fn an_address_that_cannot_be_used() {
    let scene = scene();
    let mistakes = [
        Mistake {
            what: "another database system",
            ended: upgrade(&scene, &format!("mysql://app:{PASSWORD_IN_ADDRESS}@db/shop")),
            exit: 2,
            says: texts(&["the address in --database-url begins with `mysql://`"]),
            hint: "postgresql://USER:PASSWORD@HOST:5432/DATABASE",
        },
        Mistake {
            what: "a password that is not encoded",
            ended: upgrade(&scene, "postgresql://app:may-read#x/y@z@db:port/shop"),
            exit: 2,
            says: texts(&["the address in --database-url cannot be read"]),
            hint: "are written as %40 %3A %2F",
        },
        Mistake {
            what: "no address at all",
            ended: migrate(scene.path(), &["upgrade", "--dir", "chain"]),
            exit: 2,
            says: texts(&["it is not known which database is meant"]),
            hint: "--database-url URL",
        },
    ];
    mistakes.into_iter().for_each(Mistake::assert);
}

#[test]
fn a_server_that_says_no() {
    let scene = scene();
    let guarded = Guarded::start();
    let login = format!("app:{PASSWORD_IN_ADDRESS}");
    let url = guarded.url(&login, "postgres");
    let wrong = guarded.url("app:may-read-too", "postgres");
    let mut status = command(scene.path());
    status.args(["status", "--dir", "chain"]).env("DATABASE_URL", &wrong);
    let mistakes = [
        Mistake {
            what: "a wrong password",
            ended: upgrade(&scene, &wrong),
            exit: 7,
            says: texts(&["password authentication failed for user \"app\"", "28P01"]),
            hint: "the password in --database-url",
        },
        Mistake {
            what: "a wrong password in the environment",
            ended: Ended::of(&mut status),
            exit: 7,
            says: texts(&["password authentication failed for user \"app\""]),
            hint: "the password in DATABASE_URL",
        },
        Mistake {
            what: "no password",
            ended: upgrade(&scene, &guarded.url("app", "postgres")),
            exit: 7,
            says: texts(&["password missing"]),
            hint: "put the password into --database-url",
        },
        Mistake {
            what: "no such database",
            ended: upgrade(&scene, &guarded.url(&login, "no_such_database")),
            exit: 7,
            says: texts(&["database \"no_such_database\" does not exist", "3D000"]),
            hint: "`createdb -h ",
        },
        Mistake {
            what: "no right to make tables",
            ended: upgrade(&scene, &url),
            exit: 7,
            says: texts(&[
                "role app may not",
                "permission denied for schema public",
                "GRANT CREATE ON SCHEMA public TO app;",
            ]),
            hint: "when the right is granted",
        },
    ];
    mistakes.into_iter().for_each(Mistake::assert);
    // With the right, the same password works, and is not printed then either.
    let grant = "GRANT CREATE ON SCHEMA public TO app";
    guarded.server.connect("postgres").unwrap().batch_execute(grant).unwrap();
    let verbose = ["upgrade", "--verbose", "--dir", "chain", "--database-url", &url];
    assert_quiet(&migrate(scene.path(), &verbose).succeeds());
    let status = ["status", "--dir", "chain", "--database-url", &url];
    assert_quiet(&migrate(scene.path(), &status).succeeds());
}

/// A database to which a chain of two revisions is applied, and that chain.
fn applied() -> (TempDir, Database) {
    let (scene, database) = (scene(), servers::database());
    upgrade(&scene, &database.url()).succeeds();
    (scene, database)
}

fn remove(scene: &TempDir, id: &str) {
    fs::remove_file(chain(scene).join(format!("2026-11-22_{id}_x.sql"))).unwrap();
    fs::remove_file(chain(scene).join("migrations.lock")).unwrap();
}

#[test]
fn a_database_that_has_what_the_chain_has_not() {
    let (ahead, database) = applied();
    remove(&ahead, "two");
    lock(&ahead);
    Mistake {
        what: "a database that is ahead",
        ended: upgrade(&ahead, &database.url()),
        exit: 4,
        says: texts(&["the database is ahead of this chain", "two"]),
        hint: "`git pull`",
    }
    .assert();

    let (diverged, database) = applied();
    remove(&diverged, "two");
    write_table(&chain(&diverged), "deux", "one");
    lock(&diverged);
    Mistake {
        what: "a database that has diverged",
        ended: upgrade(&diverged, &database.url()),
        exit: 4,
        says: texts(&[
            "have diverged",
            "only the database has\n  two",
            "only the chain has\n  deux",
        ]),
        hint: "`cargo migrate --dir chain merge heads`",
    }
    .assert();
    assert_eq!(servers::history(&mut connect(&database)), ["one", "two"]);

    let (edited, database) = applied();
    let text = revision("two", "one", "CREATE TABLE two (id bigint);", "DROP TABLE two;");
    write(&chain(&edited), "two", text);
    lock(&edited);
    Mistake {
        what: "an applied revision that was edited",
        ended: upgrade(&edited, &database.url()),
        exit: 4,
        says: texts(&["edited after being applied", "chain/2026-11-22_two_x.sql"]),
        hint: "`cargo migrate --dir chain stamp current`",
    }
    .assert();

    let (scene, database) = applied();
    Mistake {
        what: "a way down from where the database is not",
        ended: migrate(
            scene.path(),
            &["downgrade", "--dir", "chain", "--database-url", &database.url(), "nope"],
        ),
        exit: 2,
        says: texts(&["`nope`"]),
        hint: "`cargo migrate --dir chain history`",
    }
    .assert();
}

#[test]
fn a_chain_that_cannot_be_used() {
    let database = servers::database();
    let url = database.url();

    let several_heads = scene();
    write_table(&chain(&several_heads), "deux", "one");
    lock(&several_heads);
    Mistake {
        what: "several heads",
        ended: upgrade(&several_heads, &url),
        exit: 5,
        says: texts(&["2026-11-22_two_x.sql", "2026-11-22_deux_x.sql"]),
        hint: "`cargo migrate --dir chain merge heads`",
    }
    .assert();

    let not_utf8 = scene();
    let path = write(&chain(&not_utf8), "two", b"-- \xff\xfe\n");
    let name = path.file_name().unwrap().to_str().unwrap();
    // Findings are what a check is asked for, and so go to standard output.
    let check = migrate(not_utf8.path(), &["check", "--dir", "chain"]).exits(5);
    assert!(check.stdout.contains(name) && check.stdout.contains("UTF-8"), "{check}");
    for arguments in [
        vec!["upgrade", "--dir", "chain", "--database-url", &url],
        vec!["history", "--dir", "chain"],
        vec!["new", "--dir", "chain", "-m", "three"],
    ] {
        Mistake {
            what: "a file that is not UTF-8",
            ended: migrate(not_utf8.path(), &arguments),
            exit: 5,
            says: texts(&[name, "UTF-8", "byte 0xff in line 1"]),
            hint: "`cargo migrate --dir chain check`",
        }
        .assert();
    }

    let empty = tempfile::tempdir().unwrap();
    Mistake {
        what: "no such directory",
        ended: upgrade(&empty, &url),
        exit: 5,
        says: texts(&["cannot read chain: No such file or directory"]),
        hint: "`cargo migrate --dir chain init`",
    }
    .assert();
    Mistake {
        what: "no package and no directory",
        ended: migrate(empty.path(), &["check"]),
        exit: 2,
        says: texts(&["no package here"]),
        hint: "`cargo migrate init --dir DIR`",
    }
    .assert();
    fs::create_dir(chain(&empty)).unwrap();
    Mistake {
        what: "no revision",
        ended: upgrade(&empty, &url),
        exit: 5,
        says: texts(&["chain"]),
        hint: "`cargo migrate --dir chain new -m ",
    }
    .assert();

    let scene = scene();
    for (identifier, word) in [("nope", "`nope`"), ("two+5", "two+5"), ("shop@head", "shop")] {
        let ended = migrate(
            scene.path(),
            &["upgrade", "--dir", "chain", "--database-url", &url, identifier],
        );
        Mistake {
            what: "an unknown revision",
            ended,
            exit: 2,
            says: texts(&[word]),
            hint: "`cargo migrate --dir chain ",
        }
        .assert();
    }
    Mistake {
        what: "a revision that nobody describes",
        ended: migrate(scene.path(), &["new", "--dir", "chain"]),
        exit: 2,
        says: texts(&["a revision needs a message"]),
        hint: "`cargo migrate --dir chain new -m ",
    }
    .assert();
    // Of all these, none has touched the database.
    assert_eq!(servers::history(&mut connect(&database)), Vec::<String>::new());
}

#[test]
fn a_statement_that_the_server_refuses() {
    let (scene, database) = applied();
    // No check can know: it depends on the rows.
    let up = "SELECT 1;\nSELECT 1 / count(*) FROM pg_class WHERE relname = 'missing';";
    write(&chain(&scene), "three", revision("three", "two", up, "SELECT 1;"));
    lock(&scene);
    let ended = upgrade(&scene, &database.url()).exits(8);
    let ended = ended
        .complains("error: revision three failed; it was rolled back")
        .complains("division by zero")
        .complains("22012")
        .complains("chain/2026-11-22_three_x.sql:9:")
        .complains(
            "mend chain/2026-11-22_three_x.sql, then run `cargo migrate --dir chain upgrade`",
        );
    assert_quiet(&ended);
    assert_eq!(servers::history(&mut connect(&database)), ["one", "two"]);
}

#[test]
fn an_import_that_is_not_understood() {
    let scene = scene();
    fs::create_dir(scene.path().join("empty")).unwrap();
    for (what, arguments, exit, words) in [
        ("no such folder", ["import", "diesel", "nowhere", "--dir", "new"], 1, "nowhere"),
        ("nothing in it", ["import", "diesel", "empty", "--dir", "new"], 6, "empty"),
        ("another tool's", ["import", "flyway", "chain", "--dir", "new"], 6, "chain"),
        ("a chain is there", ["import", "diesel", "empty", "--dir", "chain"], 6, "chain"),
    ] {
        let ended = migrate(scene.path(), &arguments);
        Mistake { what, ended, exit, says: texts(&[words]), hint: "" }.assert();
        assert!(!scene.path().join("new").exists(), "{what}: something was written");
    }
}

/// A directory for all users, with the program in it.
fn public() -> (TempDir, PathBuf) {
    let directory = tempfile::Builder::new().tempdir_in("/tmp").unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
    let program = directory.path().join("cargo-migrate");
    fs::copy(command(Path::new("/")).get_program(), &program).unwrap();
    (directory, program)
}

/// Runs the program as somebody whom file modes hold back, which they do not for root.
fn unprivileged(program: &Path, directory: &Path, arguments: &[&str]) -> Ended {
    const NOBODY: u32 = 65534;
    let mut command = Command::new(program);
    command.arg("migrate").args(arguments).current_dir(directory).env_clear();
    if directory.metadata().unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    Ended::of(&mut command)
}

#[test]
fn files_without_rights() {
    let (directory, program) = public();
    let chain = directory.path().join("chain");
    let file = write_table(&chain, "one", "base");
    migrate(directory.path(), &["lock", "--dir", "chain"]).succeeds();
    let run = |arguments: &[&str]| unprivileged(&program, directory.path(), arguments);
    let mode = |path: &Path, mode: u32| {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    mode(&chain, 0o555);
    run(&["check", "--dir", "chain"]).succeeds();
    Mistake {
        what: "a directory that cannot be written",
        ended: run(&["new", "--dir", "chain", "-m", "two"]),
        exit: 1,
        says: texts(&["cannot write chain/", "Permission denied"]),
        hint: "the right to write",
    }
    .assert();
    assert_eq!(fs::read_dir(&chain).unwrap().count(), 2, "nothing is left behind");

    mode(&file, 0o000);
    Mistake {
        what: "a file that cannot be read",
        ended: run(&["check", "--dir", "chain"]),
        exit: 5,
        says: texts(&["cannot read chain/2026-11-22_one_x.sql", "Permission denied"]),
        hint: "the right to read",
    }
    .assert();
    mode(&chain, 0o000);
    for arguments in [&["check", "--dir", "chain"][..], &["new", "--dir", "chain", "-m", "two"]] {
        Mistake {
            what: "a directory that cannot be read",
            ended: run(arguments),
            exit: 5,
            says: texts(&["cannot read chain: Permission denied"]),
            hint: "`ls -l",
        }
        .assert();
    }
    mode(&chain, 0o755);
}
