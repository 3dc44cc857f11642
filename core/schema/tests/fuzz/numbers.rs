//! Numbers that look random, and are the same in each run.

use std::env;
use std::time::{Duration, Instant};

/// A small generator (xorshift64).
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The numbers of a run; `FUZZ_SEED` gives others.
    pub(crate) fn new() -> Self {
        let seed: u64 = variable("FUZZ_SEED").unwrap_or(0);
        Self(0x2545_f491_4f6c_dd1d ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// How long to go on: so many rounds, or `FUZZ_SECONDS`.
pub(crate) struct Rounds {
    end: Option<Instant>,
    left: usize,
}

impl Rounds {
    pub(crate) fn new(usual: usize) -> Self {
        let seconds = variable("FUZZ_SECONDS").map(Duration::from_secs);
        Self { end: seconds.map(|it| Instant::now() + it), left: usual }
    }

    pub(crate) fn next(&mut self) -> bool {
        if let Some(end) = self.end {
            return Instant::now() < end;
        }
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

fn variable(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}
