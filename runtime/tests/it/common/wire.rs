//! A wire between client and server that writes down every message of the simple query protocol,
//! and can be cut.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use pgmigrate_scratch::Database;
use postgres::{Client, NoTls};

/// When to cut the wire.
#[derive(Clone)]
pub(crate) enum Cut {
    Never,
    /// Instead of passing on a message that holds this text.
    Before(&'static str),
    /// After passing on a message that holds this text, instead of its answer.
    After(&'static str),
}

/// A wire to one database.
pub(crate) struct Wire {
    database: String,
    directory: tempfile::TempDir,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub(crate) fn new(database: &Database, cut: Cut) -> Self {
        let directory = tempfile::Builder::new().prefix("wire").tempdir_in("/tmp").unwrap();
        let listener = UnixListener::bind(directory.path().join(".s.PGSQL.5432")).unwrap();
        let server = database.server();
        let socket: PathBuf = server.socket_dir().join(format!(".s.PGSQL.{}", server.port()));
        let sent = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&sent);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = UnixStream::connect(&socket) else { return };
                let (log, cut) = (Arc::clone(&log), cut.clone());
                thread::spawn(move || carry(client, server, &log, &cut));
            }
        });
        Self { database: database.name().to_owned(), directory, sent }
    }

    pub(crate) fn connect(&self) -> Client {
        let mut config = postgres::Config::new();
        config.host_path(self.directory.path()).port(5432).user("postgres").dbname(&self.database);
        let client = config.connect(NoTls).unwrap();
        self.take();
        client
    }

    /// The texts of the messages since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

fn carry(mut client: UnixStream, mut server: UnixStream, log: &Mutex<Vec<String>>, cut: &Cut) {
    let (mut from_server, mut to_client) =
        (server.try_clone().unwrap(), client.try_clone().unwrap());
    let muted = Arc::new(Mutex::new(false));
    let is_muted = Arc::clone(&muted);
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = from_server.read(&mut buffer) {
            if *is_muted.lock().unwrap() || to_client.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        let _ = to_client.shutdown(std::net::Shutdown::Both);
    });
    let mut is_startup = true;
    while let Ok(message) = read_message(&mut client, is_startup) {
        if message[0] == b'Q' && !is_startup {
            let text = String::from_utf8_lossy(&message[5..message.len() - 1]).into_owned();
            let is_cut = match cut {
                Cut::Never => false,
                Cut::Before(part) => text.contains(part),
                Cut::After(part) => {
                    *muted.lock().unwrap() = text.contains(part);
                    false
                }
            };
            log.lock().unwrap().push(text);
            if is_cut {
                break;
            }
        }
        is_startup = false;
        if server.write_all(&message).is_err() {
            break;
        }
    }
    let _ = client.shutdown(std::net::Shutdown::Both);
    let _ = server.shutdown(std::net::Shutdown::Both);
}

/// One message with its head. The first one of a connection has no type.
fn read_message(client: &mut UnixStream, is_startup: bool) -> io::Result<Vec<u8>> {
    let mut message = vec![0; if is_startup { 4 } else { 5 }];
    client.read_exact(&mut message)?;
    let length = message[message.len() - 4..].try_into().unwrap();
    let rest = u32::from_be_bytes(length) as usize - 4;
    let head = message.len();
    message.resize(head + rest, 0);
    client.read_exact(&mut message[head..])?;
    Ok(message)
}
