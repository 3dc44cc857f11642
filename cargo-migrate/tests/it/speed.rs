//! How long it takes. `cargo nextest run --release -p cargo-migrate --run-ignored all speed`.

use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

#[test]
#[ignore = "a measurement, and only of worth in a release build"]
fn a_thousand_revisions_are_listed_at_once() {
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 1000);
    // As cargo makes it: commands keep there what they found out about files.
    sandbox.write("target/CACHEDIR.TAG", "");
    for arguments in [
        &["history", "--dir", "m"][..],
        &["heads", "--dir", "m"],
        &["check", "--dir", "m"],
        &["history", "--dir", "m", "--format", "json"],
        &["new", "--dir", "m", "-m", "one more"],
    ] {
        let best = (0..5).map(|_| {
            let started = Instant::now();
            sandbox.succeed(arguments);
            started.elapsed()
        });
        let best = best.min().unwrap();
        println!("{arguments:?}: {best:?}");
        assert!(best < Duration::from_millis(50), "{arguments:?}: {best:?}");
    }
}
