//! How long the check of a chain takes: from nothing, with what the check before it left, and
//! beside a server that applies the chain, in one run.
//!
//! ```text
//! cargo run --release -p pgmigrate-benches --bin check -- [REVISIONS ...]
//! ```
//!
//! Without `--release`, the figures are those that the macro pays in an ordinary dev build.

#![expect(clippy::print_stdout, reason = "a program that prints a table")]

use std::error::Error;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use pgmigrate_benches::{Contestant, file_name, revision};
use pgmigrate_schema::{Cache, Checked, Directory, Settings, Source, check};
use pgmigrate_scratch::{Scratch, Server};

const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut sizes: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![100, 1000, 10_000];
    }
    // As durable as a server is that nobody has configured.
    let durable = [("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on")];
    let server = Scratch::new().settings(&durable).start()?;
    println!("medians of {ROUNDS} rounds, in seconds");
    println!(
        "{:>9} {:>6} {:>10} {:>12} {:>10} {:>10} {:>12}",
        "revisions", "MB", "from none", "ms/revision", "one edited", "server", "x from none"
    );
    for size in sizes {
        let mut directory = directory(size);
        let bytes: usize = directory.sources.iter().map(|source| source.bytes.len()).sum();
        let (first, none) = timed(|| run(&directory, &Cache::default()));
        if let Some(error) = first.errors().next() {
            return Err(format!("{size} revisions: {}", error.message).into());
        }
        let cache = Cache::from_bytes(&first.cache.to_bytes());
        if let Some(last) = directory.sources.last_mut() {
            last.bytes.extend_from_slice(b"-- edited\n");
        }
        let (_, edited) = timed(|| run(&directory, &cache));
        let applied = apply(&server, &directory)?;
        println!(
            "{size:>9} {:>6.1} {:>10.3} {:>12.3} {:>10.3} {:>10.3} {:>12.0}",
            megabytes(bytes),
            none.as_secs_f64(),
            none.as_secs_f64() * 1000.0 / f64::from(u32::try_from(size)?),
            edited.as_secs_f64(),
            applied.as_secs_f64(),
            applied.as_secs_f64() / none.as_secs_f64(),
        );
    }
    Ok(())
}

fn run(directory: &Directory, cache: &Cache) -> Checked {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    check(directory, &Settings::default(), threads, cache)
}

/// A chain in memory; reading its files is not what is measured.
fn directory(revisions: usize) -> Directory {
    let sources = (0..revisions).map(|number| Source {
        path: format!("migrations/{}", file_name(Contestant::Pgmigrate, number)),
        bytes: revision(Contestant::Pgmigrate, number).into_bytes(),
    });
    Directory { path: "migrations".to_owned(), sources: sources.collect(), ..Directory::default() }
}

/// The result, and the median of how long it took to come by.
fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let mut times = Vec::new();
    for _ in 1..ROUNDS {
        let start = Instant::now();
        let _ = work();
        times.push(start.elapsed());
    }
    let start = Instant::now();
    let result = work();
    times.push(start.elapsed());
    times.sort_unstable();
    (result, times[times.len() / 2])
}

/// How long a server on the same machine takes, a transaction a revision, with no work beside.
fn apply(server: &Server, directory: &Directory) -> Result<Duration, Box<dyn Error>> {
    let database = server.fresh_database()?;
    let mut client = database.connect()?;
    let start = Instant::now();
    for source in &directory.sources {
        let text = std::str::from_utf8(&source.bytes)?;
        let up = text.split("-- migrate:down").next().unwrap_or_default();
        client.batch_execute(&format!("BEGIN; {up}; COMMIT"))?;
    }
    Ok(start.elapsed())
}

#[expect(clippy::cast_precision_loss, reason = "printed with one digit")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
