//! A read-only standby: a copy of a running server's data, in endless recovery.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use pgmigrate_scratch::Server;
use postgres::{Config, NoTls};

use super::{one, wait_until};

pub(crate) struct Standby {
    postgres: Child,
    directory: PathBuf,
}

impl Standby {
    pub(crate) fn of(server: &Server) -> Self {
        let mut client = server.connect("postgres").unwrap();
        client.batch_execute("CHECKPOINT").unwrap();
        // A standby must not have fewer than its primary.
        let connections = one(&mut client, "SHOW max_connections");
        let data = PathBuf::from(one(&mut client, "SHOW data_directory"));
        let directory = data.parent().unwrap().join("standby");
        // The files belong to the server's user, who runs the standby too; root may not.
        let owner = fs::metadata(&data).unwrap();
        let as_owner = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir("/").uid(owner.uid()).gid(owner.gid());
            command
        };
        let copied = as_owner(Path::new("cp")).arg("-RP").args([&data, &directory]).status();
        assert!(copied.unwrap().success());
        fs::remove_file(directory.join("postmaster.pid")).unwrap();
        File::create(directory.join("standby.signal")).unwrap();
        let postgres = as_owner(&server.bin("postgres").unwrap())
            .arg("-D")
            .arg(&directory)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "hot_standby=on",
                "-c",
                "logging_collector=off",
            ])
            .arg("-c")
            .arg(format!("max_connections={connections}"))
            .arg("-c")
            .arg(format!("unix_socket_directories={}", directory.display()))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let standby = Self { postgres, directory };
        wait_until(|| standby.config().connect(NoTls).is_ok());
        standby
    }

    pub(crate) fn config(&self) -> Config {
        let mut config = Config::new();
        config.host_path(&self.directory).user("postgres").dbname("postgres");
        config
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        let _ = self.postgres.kill();
        let _ = self.postgres.wait();
    }
}
