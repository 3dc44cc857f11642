//! Questions that are asked on a terminal.

use std::process::{Command, Stdio};

use crate::sandbox::{BINARY, Sandbox};

/// Runs a command line on a terminal of its own, with this typed, and gives the screen. None where
/// there is no program for it.
fn on_terminal(sandbox: &Sandbox, command_line: &str, typed: &str) -> Option<String> {
    let mut child = Command::new("script")
        .args(["-qec", command_line, "/dev/null"])
        .current_dir(sandbox.path())
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut child.stdin.take()?, typed.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn new_asks_for_its_message() {
    let sandbox = Sandbox::new();
    sandbox.succeed(&["init", "--dir", "m"]);
    let new = format!("{BINARY} migrate new --dir m --rev-id aa");
    let Some(screen) = on_terminal(&sandbox, &new, "add users\n") else {
        println!("skipped: there is no `script`");
        return;
    };
    assert!(screen.contains("What does the revision do?"), "{screen}");
    assert!(screen.contains("_aa_add_users.sql"), "{screen}");
    assert_eq!(sandbox.succeed(&["heads", "--dir", "m"]), "aa (head), add users\n");

    // No answer is no message.
    let screen = on_terminal(&sandbox, &new.replace("aa", "bb"), "\n").unwrap();
    assert!(screen.contains("a revision needs a message"), "{screen}");
}

#[test]
fn a_terminal_gets_colours_and_a_pipe_none() {
    let sandbox = Sandbox::new();
    sandbox.write_chain("m", 1);
    let history = format!("{BINARY} migrate history --dir m");
    let Some(screen) = on_terminal(&sandbox, &history, "") else {
        println!("skipped: there is no `script`");
        return;
    };
    assert!(screen.contains("\u{1b}[33mr0001\u{1b}[0m"), "{screen:?}");
    let screen = on_terminal(&sandbox, &format!("NO_COLOR=1 {history}"), "").unwrap();
    assert!(!screen.contains('\u{1b}'), "{screen:?}");
    assert!(!sandbox.succeed(&["history", "--dir", "m"]).contains('\u{1b}'));
}
