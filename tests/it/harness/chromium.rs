//! A real browser without a window, for what only scripts and style show.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::harness::PATIENCE;
use crate::harness::backend::variable;

/// Chromium, driven; it ends with this.
pub(crate) struct Chromium {
    pub(crate) driver: WebDriver,
    base: String,
    /// Killed when dropped, so that a failed story leaves nothing running.
    _chromedriver: Driver,
    _profile: TempDir,
}

/// Writes down what a page does wrong, from before its first script.
const WITNESS: &str = "
    window.wrongs = [];
    addEventListener('securitypolicyviolation', (e) => wrongs.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI));
    addEventListener('error', (e) => wrongs.push('error: ' + e.message));
    addEventListener('unhandledrejection', (e) => wrongs.push('rejection: ' + e.reason));
    addEventListener('htmx:error', (e) => wrongs.push('htmx: ' + (e.detail.error || e.detail.ctx?.status)));
    console.error = (...all) => wrongs.push('console: ' + all.join(' '));
    console.warn = (...all) => wrongs.push('console: ' + all.join(' '));
";

/// Whether everybody can use a page: the rules of axe-core (MPL-2.0, see its licence beside it).
const AXE: &str = include_str!("../fixtures/axe/axe.min.js");

/// Runs them, and tells each breach with its place.
const RUN_AXE: &str = "
    axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
    }).then(({ violations }) => violations.map(({ id, nodes }) =>
        id + ': ' + nodes.map(({ target, failureSummary }) => target.join(' ') + ' (' + failureSummary + ')').join('; ')))
";

/// What was fetched, with its host and status.
const FETCHED: &str = "
    performance.getEntriesByType('resource')
        .filter(({ name }) => !name.startsWith('data:'))
        .map(({ name, responseStatus }) => ({ name, host: new URL(name).host, status: responseStatus }))
";

impl Chromium {
    /// A browser, if there is one. What is missing is said; with `E2E=required` it is a failure.
    pub(crate) async fn open(base: &str) -> Option<Self> {
        Self::opened(base, false).await
    }

    /// The same, in which a page that asks before it is left waits for the answer: [`Chromium::is_asked`]. A driver
    /// leaves at once otherwise.
    pub(crate) async fn that_asks(base: &str) -> Option<Self> {
        Self::opened(base, true).await
    }

    async fn opened(base: &str, asks: bool) -> Option<Self> {
        let Some((chromedriver, port)) = start() else {
            assert!(
                variable("E2E").as_deref() != Some("required"),
                "a browser is required"
            );
            eprintln!("SKIP browser: apt-get install chromium chromium-driver");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        let mut wanted = DesiredCapabilities::chrome();
        let folder = format!("--user-data-dir={}", profile.path().display());
        for option in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &folder,
        ] {
            wanted.add_arg(option).expect("an option");
        }
        if asks {
            wanted.set("webSocketUrl", true).expect("an option");
            let waits = json!({ "beforeUnload": "ignore" });
            wanted.set("unhandledPromptBehavior", waits).expect("an option");
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .expect("a session");
        let this = Self {
            driver,
            base: base.to_owned(),
            _chromedriver: chromedriver,
            _profile: profile,
        };
        this.tell(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WITNESS }),
        )
        .await;
        Some(this)
    }

    /// A screen of this width, in the light or in the dark.
    pub(crate) async fn screen(&self, width: u32, light: &str) {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
        // Colours are judged where they come to rest.
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": light },
            { "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.tell("Emulation.setEmulatedMedia", features).await;
    }

    /// Reads the panel in this language from the next page on.
    pub(crate) async fn speak(&self, locale: &str) {
        let cookie = json!({ "name": "lang", "value": locale, "url": self.base });
        self.tell("Network.setCookie", cookie).await;
    }

    /// Loses the connection, or has it again.
    pub(crate) async fn offline(&self, is_lost: bool) {
        let nothing =
            json!({ "offline": is_lost, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.tell("Network.enable", json!({})).await;
        self.tell("Network.emulateNetworkConditions", nothing).await;
    }

    pub(crate) async fn go(&self, path: &str) {
        self.driver
            .goto(format!("{}{path}", self.base))
            .await
            .expect("a page");
    }

    /// Signs in at the panel's door.
    pub(crate) async fn enter(&self, username: &str, password: &str) {
        self.go("/panel").await;
        self.write("#username", username).await;
        self.write("#password", password).await;
        self.click("form.card button").await;
        self.find(".side").await;
    }

    /// The element, once it is there.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        let query = self
            .driver
            .query(By::Css(css))
            .wait(PATIENCE, Duration::from_millis(20));
        query
            .first()
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    pub(crate) async fn write(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.expect("typed");
    }

    /// Writes that instead of what stands there, as a person would: key by key.
    pub(crate) async fn replace(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("emptied");
        field.send_keys(text).await.expect("typed");
    }

    /// Presses keys where the focus is, by their WebDriver codes.
    pub(crate) async fn press(&self, keys: &str) {
        let focused = self.driver.active_element().await.expect("a focus");
        focused.send_keys(keys).await.expect("pressed");
    }

    pub(crate) async fn click(&self, css: &str) {
        self.find(css).await.click().await.expect("clicked");
    }

    /// Whoever wants to leave is asked, and leaves or stays.
    pub(crate) async fn is_asked(&self, leaves: bool) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.driver.get_alert_text().await.is_err() {
            assert!(tokio::time::Instant::now() < deadline, "nobody asked");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let answered = if leaves {
            self.driver.accept_alert().await
        } else {
            self.driver.dismiss_alert().await
        };
        answered.expect("answered");
    }

    /// What an expression is on the page.
    pub(crate) async fn is(&self, expression: &str) -> Value {
        let answer = self
            .driver
            .execute(format!("return {expression}"), Vec::new())
            .await;
        answer.expect("evaluated").json().clone()
    }

    /// Waits until an expression holds on the page.
    pub(crate) async fn until(&self, expression: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.is(expression).await != json!(true) {
            assert!(tokio::time::Instant::now() < deadline, "never: {expression}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// As [`Chromium::is_sound`], on a wide and a narrow screen, in the light and in the dark.
    pub(crate) async fn is_sound_everywhere(&self, what: &str) {
        for (width, light) in [(1280, "light"), (1280, "dark"), (390, "dark"), (390, "light")] {
            self.screen(width, light).await;
            self.is_sound(&format!("{what} at {width}, {light}")).await;
        }
    }

    /// Fails when the page did something wrong, asked for anything elsewhere, is wider than the screen, or keeps
    /// somebody out.
    pub(crate) async fn is_sound(&self, what: &str) {
        self.is_sound_beside(what, "").await;
    }

    /// As [`Chromium::is_sound`], where pictures may come from that host too.
    pub(crate) async fn is_sound_beside(&self, what: &str, neighbour: &str) {
        assert_eq!(self.is("window.wrongs").await, json!([]), "{what}");
        let over = self
            .is("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await;
        assert_eq!(over, json!(0), "{what} is wider than the screen");
        let own = self.is("location.host").await;
        let fetched = self.is(&format!("({FETCHED})")).await;
        for one in fetched.as_array().expect("a list") {
            if one["host"] != neighbour {
                let is_here = one["host"] == own && one["status"].as_u64().is_some_and(|status| status < 400);
                assert!(is_here, "{what} looked elsewhere: {one}");
            }
        }
        if self.is("typeof axe").await == json!("undefined") {
            self.tell("Runtime.evaluate", json!({ "expression": AXE })).await;
        }
        let run = json!({ "expression": RUN_AXE, "awaitPromise": true, "returnByValue": true });
        let answer = self.tell("Runtime.evaluate", run).await;
        assert_eq!(
            answer["result"]["value"],
            json!([]),
            "{what} keeps somebody out: {answer}"
        );
    }

    pub(crate) async fn close(self) {
        self.driver.quit().await.expect("closed");
    }

    async fn tell(&self, command: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

/// The driver's process and the browser that it started, which end with this.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser is the driver's child, and outlives it when a story fails before it is closed.
        let group = format!("-{}", self.0.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).status());
        drop(self.0.wait());
    }
}

/// Starts the driver on a free port; `None` when it is not installed.
fn start() -> Option<(Driver, u16)> {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let lines = BufReader::new(child.stdout.take()?).lines();
    let driver = Driver(child);
    // `ChromeDriver was started successfully on port 38577.`
    let port = |line: String| line.strip_suffix('.')?.rsplit(' ').next()?.parse().ok();
    let port = lines.map_while(Result::ok).find_map(port)?;
    Some((driver, port))
}
