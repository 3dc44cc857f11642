//! One server for many processes: who starts it, who joins it, and when it goes.

use std::process::Command;
use std::thread;
use std::time::Duration;

use pgmigrate_scratch::Scratch;
use postgres::{Client, NoTls};

use crate::support::{Helper, Running, Started, gone, is_running, public_dir, until};

const LONG: Duration = Duration::from_secs(20);

fn one(url: &str) -> i32 {
    Client::connect(url, NoTls).unwrap().query_one("SELECT 1", &[]).unwrap().get(0)
}

#[test]
fn processes_of_one_name_have_one_server_until_the_last_is_gone() {
    let cache = public_dir();
    let join = |name: &str| Helper::new(name).env("SCRATCH_CACHE", cache.path()).spawn();
    // All at once: one starts it, the others wait for that.
    let mut helpers: Vec<_> = (0..4).map(|_| join("shared a")).collect();
    let servers: Vec<Running> = helpers.iter_mut().map(Started::server).collect();
    let server = &servers[0];
    assert!(servers.iter().all(|other| other == server), "{servers:?}");

    let mut other = join("shared b");
    assert_ne!(other.server().pid, server.pid);

    // However they go, those that stay keep it.
    let last = helpers.pop().unwrap();
    for (number, helper) in helpers.into_iter().enumerate() {
        match number % 2 {
            0 => helper.kill(),
            _ => helper.finish(),
        }
    }
    thread::sleep(Duration::from_secs(3));
    assert_eq!(one(&server.url), 1);

    last.kill();
    gone(server, LONG);
    assert!(is_running(other.id()));
}

#[test]
fn a_server_waits_for_the_next_user() {
    let cache = public_dir();
    let join = || Helper::new("shared a").env("SCRATCH_CACHE", cache.path()).spawn();
    let mut first = join();
    let server = first.server();
    for _ in 0..3 {
        first.finish();
        thread::sleep(Duration::from_millis(900));
        first = join();
        assert_eq!(first.server(), server);
    }
    // Longer than it lingers, and it is in use.
    thread::sleep(Duration::from_secs(5));
    assert_eq!(one(&server.url), 1);
    first.finish();
    gone(&server, LONG);

    let mut next = join();
    assert_ne!(next.server().dir, server.dir);
}

#[test]
fn a_server_that_died_is_replaced() {
    let cache = public_dir();
    let join = || Helper::new("shared a").env("SCRATCH_CACHE", cache.path()).spawn();
    let mut first = join();
    let server = first.server();
    let pid = server.pid.to_string();
    assert!(Command::new("kill").args(["-QUIT", &pid]).status().unwrap().success());
    until(LONG, || !is_running(server.pid));
    let mut second = join();
    let replaced = second.server();
    assert_ne!(replaced.pid, server.pid);
    assert_eq!(one(&replaced.url), 1);
    first.finish();
    gone(&server, LONG);
    assert_eq!(one(&replaced.url), 1);
}

#[test]
fn those_who_want_other_settings_get_another_server() {
    let cache = public_dir();
    let scratch = Scratch::new().cache_dir(cache.path()).linger(Duration::from_secs(1));
    let usual = scratch.shared("a").unwrap();
    let again = scratch.clone().linger(Duration::from_secs(2)).shared("a").unwrap();
    let other = scratch.settings(&[("work_mem", "5MB")]).shared("a").unwrap();
    assert_eq!(usual.pid(), again.pid());
    assert_ne!(usual.pid(), other.pid());
    // Databases of several users of one server do not collide.
    let databases = [usual.fresh_database().unwrap(), again.fresh_database().unwrap()];
    assert_ne!(databases[0].name(), databases[1].name());
}
