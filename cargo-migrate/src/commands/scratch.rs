//! `cargo migrate scratch`.

use std::ffi::OsString;
use std::process::{Command, ExitStatus};

use pgmigrate_scratch::{Scratch, Server};

use crate::Context;
use crate::error::{CommandError, Kind, Outcome};
use crate::exit::{self, Exit};

/// Run a command with a throw-away PostgreSQL server
///
/// Starts a server with an empty database, and removes both when the command has ended. The
/// command finds the database by `DATABASE_URL`, `MIGRATE_DATABASE_URL` and PGHOST, PGPORT, PGUSER and
/// PGDATABASE; its exit code is the one of this command. Without a command, the address is
/// printed, and the server stays until Ctrl-C or the end of the input.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The major version of the server
    #[arg(long, value_name = "MAJOR")]
    postgres: Option<u32>,
    /// Let the server listen on a port of 127.0.0.1 too, where every user of the machine can
    /// reach it
    #[arg(long)]
    tcp: bool,
    /// The command and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// The name of the database.
const DATABASE: &str = "scratch";

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let server = start(arguments)?;
    context.note(format_args!("a throw-away server: {}", server.binaries()));
    // There is an address by TCP only where that was asked for.
    let url = server.tcp_url(DATABASE).unwrap_or_else(|| server.url(DATABASE));
    let Some((program, rest)) = arguments.command.split_first() else {
        context.output.result(format_args!("{url}\n"))?;
        context.note("it stays until Ctrl-C, or until the input ends");
        // Whatever ends the input ends the server.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        return Ok(exit::OK);
    };
    let host = if arguments.tcp { "127.0.0.1".into() } else { server.socket_dir().into() };
    let status = Command::new(program)
        .args(rest)
        .envs([("DATABASE_URL", &url), ("MIGRATE_DATABASE_URL", &url)])
        .env::<_, OsString>("PGHOST", host)
        .env("PGPORT", server.port().to_string())
        .env("PGUSER", "postgres")
        .env("PGDATABASE", DATABASE)
        .env_remove("PGPASSWORD")
        .env_remove("PGSERVICE")
        .status()
        .map_err(|error| {
            let program = program.display();
            CommandError::new(Kind::Failed, format!("cannot run `{program}`: {error}"))
                .hint("the command follows `--`: `cargo migrate scratch -- psql`")
        })?;
    Ok(Exit::of_command(code(status)))
}

fn start(arguments: &Arguments) -> Result<Server, CommandError> {
    let mut scratch = Scratch::new().tcp(arguments.tcp);
    if let Some(major) = arguments.postgres {
        scratch = scratch.version(major);
    }
    let failed = |error: pgmigrate_scratch::Error| {
        let hint = match &error {
            pgmigrate_scratch::Error::NotFound { .. } => "install PostgreSQL, or npm",
            _ => "with a server of your own: `cargo migrate upgrade --database-url URL`",
        };
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            message = format!("{message}: {cause}");
            source = cause.source();
        }
        CommandError::new(Kind::Database, message).hint(hint)
    };
    let server = scratch.start().map_err(failed)?;
    server.create_database(DATABASE).map_err(failed)?;
    Ok(server)
}

/// The code by which shells tell how a command ended.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    // Where codes have more than 8 bits, what does not fit is still no success.
    status.code().map_or(1, |code| u8::try_from(code).unwrap_or(1))
}
