//! Makes cargo notice migrations that are put there by hand.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
