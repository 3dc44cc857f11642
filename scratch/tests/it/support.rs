//! Processes that the tests start, watch and kill, and what they do.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{self, BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pgmigrate_scratch::{Scratch, Server};
use tempfile::TempDir;

/// A user id and a group id.
pub(crate) type User = (u32, u32);

/// A temporary directory like the system's, for every user.
pub(crate) fn public_dir() -> TempDir {
    let dir = tempfile::Builder::new().prefix("scratch-test-").tempdir_in("/tmp").unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o1777)).unwrap();
    dir
}

/// The user `nobody`, when this process may become it.
pub(crate) fn nobody() -> Option<User> {
    let own = tempfile::tempfile().unwrap().metadata().unwrap().uid();
    let passwd = fs::read_to_string("/etc/passwd").ok()?;
    let line = passwd.split('\n').find(|line| line.starts_with("nobody:"))?;
    let mut ids = line.split(':').skip(2).map(|field| field.parse().ok());
    (own == 0).then_some((ids.next()??, ids.next()??))
}

/// Whether there is such a process.
pub(crate) fn is_running(pid: u32) -> bool {
    Command::new("kill")
        .args(["-0", &pid.to_string()])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// How many directories of servers lie in a temporary directory. One counts as soon as it is
/// watched; before that, it is empty.
pub(crate) fn server_dirs(dir: &Path) -> usize {
    fs::read_dir(dir)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.starts_with("pgs-") && dir.join(name).join("log").exists())
        .count()
}

/// Waits for something to become true.
#[track_caller]
pub(crate) fn until(limit: Duration, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < limit, "not in {limit:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Waits for the end of every trace of a server.
#[track_caller]
pub(crate) fn gone(server: &Running, limit: Duration) {
    until(limit, || !is_running(server.pid) && !server.dir.exists());
}

/// A server of another process.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) pid: u32,
    pub(crate) dir: PathBuf,
    pub(crate) url: String,
}

/// A process to be started: this test program once more, running only its `helper`.
pub(crate) struct Helper {
    command: Command,
    program: Option<TempDir>,
}

/// A started helper. It ends when this is dropped.
pub(crate) struct Started {
    child: Child,
    answers: BufReader<ChildStderr>,
    _program: Option<TempDir>,
}

impl Helper {
    /// `own`, `shared <name>` or `find`.
    pub(crate) fn new(task: &str) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        Self::arguments(&mut command);
        command.env("SCRATCH_TASK", task);
        Self { command, program: None }
    }

    fn arguments(command: &mut Command) {
        command.args(["--exact", "helper", "--ignored", "--nocapture", "--test-threads=1"]);
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// In a group of processes of its own.
    pub(crate) fn group(mut self) -> Self {
        self.command.process_group(0);
        self
    }

    /// As another user, from a copy of the program that this user can reach.
    pub(crate) fn user(self, (uid, gid): User) -> Self {
        let dir = public_dir();
        let program = dir.path().join("program");
        fs::copy(env::current_exe().unwrap(), &program).unwrap();
        let mut command = Command::new(program);
        Self::arguments(&mut command);
        for (name, value) in self.command.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.uid(uid).gid(gid).current_dir("/");
        Self { command, program: Some(dir) }
    }

    pub(crate) fn spawn(mut self) -> Started {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stderr.take().unwrap());
        Started { child, answers, _program: self.program }
    }
}

impl Started {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line that the helper says.
    pub(crate) fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The server that the helper says it uses.
    pub(crate) fn server(&mut self) -> Running {
        let line = self.answer();
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_else(|| panic!("{line}"));
        assert_eq!(word(), "server", "{line}");
        Running { pid: word().parse().unwrap(), dir: word().into(), url: word().to_owned() }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Lets the helper go its ordinary way out.
    pub(crate) fn finish(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What a helper does: it says what it found, and holds it until its standard input ends.
pub(crate) fn help() {
    let Ok(task) = env::var("SCRATCH_TASK") else {
        println!("skipped: not started by a test");
        return;
    };
    let mut scratch = Scratch::new().linger(Duration::from_secs(2));
    if let Some(dir) = env::var_os("SCRATCH_CACHE") {
        scratch = scratch.cache_dir(Path::new(&dir));
    }
    if let Ok(setting) = env::var("SCRATCH_SETTING") {
        scratch = scratch.settings(&[setting.split_once('=').unwrap()]);
    }
    let held: Option<Server> = match task.split_once(' ') {
        None if task == "find" => {
            match scratch.find() {
                Ok(found) => eprintln!("found {found}"),
                Err(error) => eprintln!("error {error}"),
            }
            None
        }
        task_name => {
            let started = match task_name {
                Some((_, name)) => scratch.shared(name),
                None => scratch.start(),
            };
            match started {
                Ok(server) => {
                    let (dir, url) = (server.socket_dir().display(), server.url("postgres"));
                    eprintln!("server {} {dir} {url}", server.pid());
                    Some(server)
                }
                Err(error) => {
                    eprintln!("error {error}");
                    None
                }
            }
        }
    };
    io::copy(&mut io::stdin(), &mut io::sink()).unwrap();
    drop(held);
}
