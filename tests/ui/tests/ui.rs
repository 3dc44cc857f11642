//! What the compiler says of each kind of mistake.
//!
//! `fail/*.rs` and `pass/*.rs` call the macro on the directory of their name in `chains/`, or have
//! models; `fail/*.stderr` holds the compiler's words. `TRYBUILD=overwrite cargo test -p
//! pgmigrate-ui-tests` writes them anew.

#[test]
fn mistakes_fail_the_build_with_file_line_and_column() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
    cases.pass("pass/*.rs");
}
