//! The product as a process of its own, for stories in which it is killed.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tanggap::config::Config;
use tanggap::config::storage::StorageUrl;
use tanggap::simulator::WhatsappOptions;

use crate::harness::whatsapp::VERIFY;
use crate::harness::world::{PASSWORD, SECRET, TOKEN};

/// Whatever becomes of the story, its process ends with it.
#[derive(Default)]
struct Running(Mutex<Option<Child>>);

impl Running {
    fn hold(&self, child: Option<Child>) -> Option<Child> {
        std::mem::replace(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.hold(None) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The product at one address, killed and started again.
#[derive(Clone)]
pub(crate) struct Process {
    child: Arc<Running>,
    settings: Vec<(&'static str, String)>,
    folder: std::path::PathBuf,
    pub(crate) address: SocketAddr,
}

impl Process {
    /// A product with this configuration's database, Redis and storage, beside this simulator; not yet started.
    pub(crate) fn new(config: &Config, folder: &Path, sim: &str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let mut settings = vec![
            ("RUST_LOG", "warn".to_owned()),
            ("TANGGAP_SERVER__BIND", address.to_string()),
            ("TANGGAP_SERVER__PUBLIC_URL", format!("http://{address}")),
            ("TANGGAP_DATABASE__URL", config.database.url.expose().to_owned()),
            ("TANGGAP_TELEGRAM__TOKEN", TOKEN.to_owned()),
            ("TANGGAP_TELEGRAM__API_URL", sim.to_owned()),
            ("TANGGAP_TELEGRAM__MODE", "webhook".to_owned()),
            ("TANGGAP_TELEGRAM__WEBHOOK_SECRET", SECRET.to_owned()),
        ];
        if let StorageUrl::Folder(files) = &config.storage.url {
            settings.push(("TANGGAP_STORAGE__URL", format!("file://{}", files.display())));
        }
        Self {
            child: Arc::default(),
            settings,
            folder: folder.to_owned(),
            address,
        }
    }

    /// The same with a number that customers write to.
    pub(crate) fn with_whatsapp(mut self, sim: &str) -> Self {
        let number = WhatsappOptions::default();
        self.settings.extend([
            ("TANGGAP_WHATSAPP__API_URL", sim.to_owned()),
            ("TANGGAP_WHATSAPP__PHONE_NUMBER_ID", number.phone_number_id),
            (
                "TANGGAP_WHATSAPP__BUSINESS_ACCOUNT_ID",
                number.business_account_id,
            ),
            ("TANGGAP_WHATSAPP__ACCESS_TOKEN", number.access_token),
            ("TANGGAP_WHATSAPP__APP_SECRET", number.app_secret),
            ("TANGGAP_WHATSAPP__VERIFY_TOKEN", VERIFY.to_owned()),
        ]);
        self
    }

    /// The same with one more setting.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push((name, value.to_owned()));
        self
    }

    /// Brings the database up to date and adds the first admin, Rina.
    pub(crate) fn prepare(&self) {
        self.run(&["migrate"], "");
        let add = [
            "user",
            "add",
            "--role",
            "admin",
            "--username",
            "rina",
            "--password-stdin",
        ];
        self.run(&add, PASSWORD);
    }

    /// Starts it and waits until it is ready.
    pub(crate) async fn start(&self) {
        let mut command = self.command(&["serve"]);
        let child = command.stdin(Stdio::null()).spawn().expect("the program");
        self.child.hold(Some(child));
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let begun = Instant::now();
        loop {
            let answer = http.get(format!("http://{}/readyz", self.address)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_mins(1),
                "not ready after a minute"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// `kill -9`: nothing is finished, nothing is said.
    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.child.hold(None) {
            child.kill().expect("killed");
            child.wait().expect("gone");
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tanggap"));
        command.args(arguments).current_dir(&self.folder);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, arguments: &[&str], input: &str) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut stdin = child.stdin.take().expect("an input");
        stdin.write_all(input.as_bytes()).expect("written");
        drop(stdin);
        let status = child.wait().expect("an end");
        assert!(status.success(), "{arguments:?} ended with {status}");
    }
}
