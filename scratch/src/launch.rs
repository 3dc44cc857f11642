//! Starting a server, and waiting until it answers.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::mem;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use postgres::NoTls;
use postgres::error::SqlState;
use tempfile::TempDir;

use crate::account::Account;
use crate::binaries::Binaries;
use crate::cache::Cache;
use crate::cluster;
use crate::connection;
use crate::directory::{Directory, Use};
use crate::error::Error;
use crate::scratch::Scratch;
use crate::server::Site;

/// Runs the server while somebody uses it.
const WATCH: &str = include_str!("watch.sh");

/// Durability is for data that matters, and these servers are many on one machine.
const FAST: &[(&str, &str)] = &[
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
    ("max_connections", "200"),
    ("shared_buffers", "32MB"),
];

/// A server without `TCP` has its directory to itself, and so any port.
const SOCKET_PORT: u16 = 5432;

/// How long a server may take to accept a connection.
const PATIENCE: Duration = Duration::from_mins(1);

/// Finds the programs, makes a cluster, starts a server on it, and waits until it answers. The
/// server stays for `linger` after its last user.
pub(crate) fn start(
    wanted: &Scratch,
    linger: Duration,
    cache: &Cache,
    account: &Account,
) -> Result<(Site, Watched), Error> {
    let binaries = Binaries::find(&wanted.source, wanted.version, cache, account)?;
    let mut attempts = 5;
    loop {
        attempts -= 1;
        let (directory, made) = Directory::create(account)?;
        let port = if wanted.tcp {
            free_port().map_err(Error::file("listen on", "127.0.0.1"))?
        } else {
            SOCKET_PORT
        };
        let command = server_command(wanted, &binaries, &directory, port);
        let mut watched = Watched::prepare(&command, linger, account, directory.clone(), made)?;
        cluster::create(&binaries, account, cache, &directory)?;
        watched.start()?;
        match wait(&directory, port) {
            Ok(pid) => {
                return Ok((Site { directory, port, tcp: wanted.tcp, pid, binaries }, watched));
            }
            // Somebody else took the port between our question and the server's start.
            Err(Error::Ended { log })
                if wanted.tcp && attempts > 0 && log.contains("Address already in use") => {}
            Err(error) => return Err(error),
        }
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The server's program and its arguments.
fn server_command(
    wanted: &Scratch,
    binaries: &Binaries,
    directory: &Directory,
    port: u16,
) -> Vec<OsString> {
    let mut command: Vec<OsString> = vec![
        binaries.dir().join("postgres").into(),
        "-D".into(),
        directory.data().into(),
        "-k".into(),
        directory.path().into(),
        "-p".into(),
        port.to_string().into(),
    ];
    let listen = if wanted.tcp { "127.0.0.1" } else { "" };
    let ours = FAST.iter().copied().chain([("listen_addresses", listen)]);
    let theirs = wanted.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in ours.chain(theirs) {
        command.extend(["-c".into(), format!("{name}={value}").into()]);
    }
    command
}

/// Waits until the server accepts connections, and gives its process id.
fn wait(directory: &Directory, port: u16) -> Result<u32, Error> {
    let start = Instant::now();
    loop {
        // Before the question whether it answers: it may have ended in between.
        let ended = directory.has_ended();
        let answer = connection::apart(|| {
            // Dropped there too: that blocks as well.
            connection::config(directory, port, "postgres").connect(NoTls).map(drop)
        });
        match answer {
            Ok(()) => {
                if let Some(pid) = directory.pid() {
                    return Ok(pid);
                }
            }
            Err(error) => {
                let starting =
                    error.code().is_none_or(|code| *code == SqlState::CANNOT_CONNECT_NOW);
                if !starting {
                    return Err(error.into());
                }
            }
        }
        if ended {
            return Err(Error::Ended { log: directory.log_tail() });
        }
        if start.elapsed() > PATIENCE {
            return Err(Error::Unready { seconds: PATIENCE.as_secs(), log: directory.log_tail() });
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// A server with the process that stops it once nobody uses it.
///
/// When this is dropped, the server has ended and its directory is gone.
#[derive(Debug)]
pub(crate) struct Watched {
    // The order matters: the use must be over before the watch is waited for.
    usage: Use,
    watch: Watch,
}

/// The watching process. Dropping this waits for it, and so for the end of the server.
#[derive(Debug)]
struct Watch {
    process: Child,
    directory: Directory,
}

impl Watched {
    /// Sets the watch over a directory that is still to be filled. If we are killed, it removes
    /// the directory.
    fn prepare(
        command: &[OsString],
        linger: Duration,
        account: &Account,
        directory: Directory,
        made: TempDir,
    ) -> Result<Self, Error> {
        let path = directory.path();
        let usage = directory.open(account).map_err(Error::file("use", path))?;
        let reader = directory.reader().map_err(Error::file("use", path))?;
        let process = account
            .command("sh", path)
            .args(["-c", WATCH, "pgmigrate-scratch"])
            .arg(linger.as_secs().to_string())
            .args(command)
            .stdin(reader)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What ends a group of processes (a terminal, a test runner) must not part the
            // server from the one who clears up after it.
            .process_group(0)
            .spawn()
            .map_err(|source| Error::Run { program: "sh".to_owned(), source })?;
        // From here it is the watching process that removes the directory.
        let _ = made.keep();
        Ok(Self { usage, watch: Watch { process, directory } })
    }

    /// Starts the server, now that its cluster is there.
    fn start(&mut self) -> Result<(), Error> {
        self.usage.announce().map_err(Error::file("use", self.watch.directory.path()))
    }

    /// Leaves the server to all of its users, of which we are one.
    pub(crate) fn share(self) -> Use {
        // Nobody waits for the watch of a shared server: it outlives us.
        mem::forget(self.watch);
        self.usage
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.process.wait();
        // Done already, unless the watching process was killed.
        let _ = fs::remove_dir_all(self.directory.path());
    }
}
