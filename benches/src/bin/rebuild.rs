//! How long a build takes after one revision of many was edited: the macro beside sqlx's and
//! beside plain `include_str!`, in one run, as ratios.
//!
//! ```text
//! cargo run --release -p pgmigrate-benches --bin rebuild -- [REVISIONS] [ROUNDS]
//! ```

#![expect(clippy::print_stdout, reason = "a program that prints a table")]

use std::io;
use std::path::Path;
use std::time::Duration;

use pgmigrate_benches::{Contestant, Crate};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().and_then(|it| it.parse().ok()).unwrap_or(default);
    let (revisions, rounds): (usize, usize) = (number(1000).max(1), number(5).max(1));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let scratch = tempfile::tempdir()?;
    let mut crates = Vec::new();
    for contestant in Contestant::ALL {
        crates.push(Crate::write(contestant, revisions, workspace, scratch.path())?);
    }
    println!("{revisions} revisions, one edited; medians of {rounds} rounds");
    println!("{:<9} {:<14} {:>8} {:>10}", "profile", "macro", "s", "x floor");
    for release in [false, true] {
        let mut took = vec![Vec::new(); crates.len()];
        for round in 0..=rounds {
            for (it, took) in crates.iter_mut().zip(&mut took) {
                it.edit()?;
                let time = it.build(release)?;
                // The first build is that of the dependencies.
                if round > 0 {
                    took.push(time);
                }
            }
        }
        let medians: Vec<Duration> = took.into_iter().map(median).collect();
        let floor = medians.last().map_or(1.0, Duration::as_secs_f64);
        for (contestant, time) in Contestant::ALL.iter().zip(&medians) {
            let profile = if release { "release" } else { "dev" };
            let seconds = time.as_secs_f64();
            println!(
                "{profile:<9} {:<14} {seconds:>8.2} {:>10.2}",
                contestant.name(),
                seconds / floor
            );
        }
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
