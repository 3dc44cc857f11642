//! How long a build takes after one revision of many was edited: the macro, with what the build
//! before it left and without, beside sqlx's and beside plain `include_str!`, in one run, as ratios.
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
    let mut rows = Vec::new();
    for contestant in Contestant::ALL {
        let built = Crate::write(contestant, revisions, workspace, scratch.path())?;
        let row = |name: &str, knows| (name.to_owned(), knows, Vec::new());
        let mut of_crate = vec![row(contestant.name(), true)];
        if contestant == Contestant::Pgmigrate {
            of_crate.push(row("pgmigrate, whole check", false));
        }
        rows.push((built, of_crate));
    }
    println!("{revisions} revisions, the last one edited; medians of {rounds} rounds");
    println!("{:<9} {:<24} {:>8} {:>10} {:>10}", "profile", "macro", "s", "s - floor", "x floor");
    for release in [false, true] {
        for round in 0..=rounds {
            for (built, rows) in &mut rows {
                for (_, knows, took) in rows {
                    built.edit()?;
                    if !*knows {
                        built.forget()?;
                    }
                    let time = built.build(release)?;
                    // The first build is that of the dependencies.
                    if round > 0 {
                        took.push(time);
                    }
                }
            }
        }
        let medians: Vec<(String, Duration)> = rows
            .iter_mut()
            .flat_map(|(_, rows)| rows)
            .map(|(name, _, took)| (name.clone(), median(std::mem::take(took))))
            .collect();
        let floor = medians.last().map_or(1.0, |(_, time)| time.as_secs_f64());
        for (name, time) in &medians {
            let profile = if release { "release" } else { "dev" };
            let seconds = time.as_secs_f64();
            println!(
                "{profile:<9} {name:<24} {seconds:>8.2} {:>10.2} {:>10.2}",
                seconds - floor,
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
