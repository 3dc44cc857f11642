//! The binary that cargo runs for `cargo migrate`.

fn main() -> std::process::ExitCode {
    cargo_migrate::run(std::env::args_os())
}
