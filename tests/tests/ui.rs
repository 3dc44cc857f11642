//! What the compiler says of each kind of mistake.
//!
//! `ui/fail/*.rs` calls the macro on the directory of its name, `*.stderr` holds the compiler's
//! words. `TRYBUILD=overwrite cargo test -p pgmigrate-tests --test ui` writes them anew.

#[test]
fn mistakes_fail_the_build_with_file_line_and_column() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/fail/*.rs");
    cases.pass("ui/pass/*.rs");
}
