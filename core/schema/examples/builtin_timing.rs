//! How long lookups in the module `builtin` take; run it without `--release` to see what the
//! macro pays.

use std::hint::black_box;
use std::time::Instant;

use pgmigrate_schema::PostgresVersion;
use pgmigrate_schema::builtin::{Builtin, TypeName};

const ROUNDS: u32 = 1000;

#[expect(clippy::print_stdout, reason = "what a program says to who runs it")]
fn time<T>(what: &str, rounds: u32, mut work: impl FnMut() -> T) {
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(work());
    }
    println!("{what:<48}{:>12.2?}", start.elapsed() / rounds);
}

fn main() {
    let builtin = Builtin::new(black_box(PostgresVersion::default()));
    let objects = builtin.objects();
    let catalog = TypeName::catalog;
    time("Builtin::new", ROUNDS, || Builtin::new(PostgresVersion::default()).objects());
    time("a function with one signature", ROUNDS, || objects.functions("now").count());
    time("a function that is not there", ROUNDS, || objects.functions("nowhere").count());
    time("a type", ROUNDS, || objects.type_named("timestamptz"));
    time("an array type", ROUNDS, || objects.type_named("_timestamptz"));
    time("the operators =", ROUNDS, || objects.operators("=").count());
    time("a cast", ROUNDS, || objects.cast(catalog("int4"), catalog("int8")));
    time("a default operator class", ROUNDS, || {
        objects.default_operator_class("btree", catalog("text"))
    });
    time("a relation and its columns", ROUNDS, || {
        objects.relation("information_schema.columns").map(|found| found.columns().count())
    });
    time("a setting", ROUNDS, || builtin.setting("lock_timeout"));
    time("an extension", ROUNDS, || builtin.extension("pg_trgm"));
    time("all functions of an extension (pg_trgm)", 100, || {
        builtin.extension("pg_trgm").map(|found| found.objects.all_functions().count())
    });
    time("all functions", 10, || objects.all_functions().count());
    time("all relations and their columns", 10, || {
        objects.relations().map(|(_, relation)| relation.columns().count()).sum::<usize>()
    });
}
