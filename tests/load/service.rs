//! The service as a process of its own, with settings for one run.

use crate::wire::Wire;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The bot of the run.
pub(crate) const TOKEN: &str = "1000000001:a-bot-of-the-run";
/// What every webhook call carries.
pub(crate) const SECRET: &str = "a-secret-of-the-run";

/// One process of the service; ends with this value.
pub(crate) struct Service {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// From the start of the process until it said that it was ready.
    pub(crate) ready_after: Duration,
}

/// Where and how it runs.
#[derive(Clone)]
pub(crate) struct Plan {
    /// A folder for its files; the process works there.
    pub(crate) folder: std::path::PathBuf,
    pub(crate) database: String,
    pub(crate) bot_api: SocketAddr,
    pub(crate) address: SocketAddr,
    /// More settings, by their names in the environment.
    pub(crate) more: Vec<(&'static str, String)>,
}

impl Plan {
    /// A plan on a free port.
    pub(crate) fn new(folder: &Path, database: String, bot_api: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        Self {
            folder: folder.to_owned(),
            database,
            bot_api,
            address,
            more: Vec::new(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanggap"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("RUST_LOG", "warn")
            .env("TANGGAP_SERVER__BIND", self.address.to_string())
            .env("TANGGAP_SERVER__PUBLIC_URL", format!("http://{}", self.address))
            .env("TANGGAP_DATABASE__URL", &self.database)
            .env("TANGGAP_TELEGRAM__TOKEN", TOKEN)
            .env("TANGGAP_TELEGRAM__API_URL", format!("http://{}", self.bot_api))
            .env("TANGGAP_TELEGRAM__MODE", "webhook")
            .env("TANGGAP_TELEGRAM__WEBHOOK_SECRET", SECRET)
            .envs(self.more.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Brings the database up to date and makes the first admin.
    pub(crate) fn prepare(&self, username: &str, password: &str) {
        self.run(&["migrate"], "");
        self.run(
            &[
                "user",
                "add",
                "--role",
                "admin",
                "--username",
                username,
                "--password-stdin",
            ],
            password,
        );
    }

    fn run(&self, arguments: &[&str], input: &str) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .expect("the service's program");
        let mut stdin = child.stdin.take().expect("an input");
        stdin.write_all(input.as_bytes()).expect("written");
        drop(stdin);
        let status = child.wait().expect("an end");
        assert!(status.success(), "{arguments:?} ended with {status}");
    }
}

impl Service {
    /// Starts it and waits until it is ready.
    pub(crate) async fn start(plan: &Plan) -> Self {
        Self::ready(plan.command(&["serve"]), plan.address).await
    }

    /// Starts any program that serves at `address` and waits until it is ready.
    pub(crate) async fn ready(mut command: Command, address: SocketAddr) -> Self {
        let start = Instant::now();
        let child = command.stdin(Stdio::null()).spawn().expect("the program");
        let mut service = Self {
            child,
            address,
            ready_after: Duration::ZERO,
        };
        loop {
            let answer = Wire::new(address).send("GET", "/readyz", "", b"").await;
            if answer.is_ok_and(|reply| reply.status == 200) {
                service.ready_after = start.elapsed();
                return service;
            }
            if let Ok(Some(status)) = service.child.try_wait() {
                panic!("the service ended with {status} before it was ready");
            }
            assert!(
                start.elapsed() < Duration::from_mins(1),
                "the service is not ready after a minute"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// `kill -9`: nothing is finished, nothing is said.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
