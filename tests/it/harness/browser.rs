//! Someone at the panel, with a browser that keeps cookies and runs no script.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use reqwest::{Method, StatusCode};

use crate::harness::World;

/// A browser.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    base: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    /// Where a redirect leads; empty when it is none.
    pub(crate) location: String,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Page {
    /// The page, if its status is the expected one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.location, self.text);
        self
    }

    /// Fails unless all of this stands on the page.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        for word in words {
            assert!(
                self.text.contains(word),
                "{word} is not on the page:\n{}",
                self.text
            );
        }
    }
}

impl Browser {
    /// A new browser at this world's door.
    pub(crate) fn new(world: &World) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().expect("a client"),
            base: world.admin.base.clone(),
            cookies: Arc::default(),
        }
    }

    /// The browser of someone who signed in.
    pub(crate) async fn signed_in(world: &World, username: &str, password: &str) -> Self {
        let browser = Self::new(world);
        let form = [("username", username), ("password", password)];
        browser.post("/panel/login", &form).await.expect(303);
        browser
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, None, &[]).await
    }

    /// As htmx asks: for a part of the page.
    pub(crate) async fn part(&self, path: &str) -> Page {
        self.send(Method::GET, path, None, &[("hx-request", "true")])
            .await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send(
            Method::POST,
            path,
            Some(form),
            &[("sec-fetch-site", "same-origin")],
        )
        .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        form: Option<&[(&str, &str)]>,
        headers: &[(&str, &str)],
    ) -> Page {
        let response = self.ask(method, path, form, headers).await;
        self.page(response).await
    }

    /// Reads an answer, and keeps its cookies.
    async fn page(&self, response: reqwest::Response) -> Page {
        for set in response.headers().get_all("set-cookie") {
            let pair = set.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a cookie");
            let mut cookies = self.cookies.lock().expect("no panic");
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = response
            .headers()
            .get("location")
            .and_then(|to| to.to_str().ok())
            .unwrap_or_default();
        Page {
            status: response.status(),
            location: location.to_owned(),
            headers: response.headers().clone(),
            text: response.text().await.expect("the body arrives"),
        }
    }

    /// Sends a form with a file.
    pub(crate) async fn upload(&self, path: &str, kind: &str, filename: &str, bytes: &[u8]) -> Page {
        let mut body = format!(
            "--story\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n--story\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--story--\r\n");
        let request = self
            .with_cookies(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=story")
            .body(body);
        self.page(request.send().await.expect("the panel answers")).await
    }

    /// What is there, byte for byte.
    pub(crate) async fn bytes(&self, path: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let response = self.ask(Method::GET, path, None, &[]).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives");
        (status, headers, bytes.to_vec())
    }

    /// The answer as it comes, for streams.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        form: Option<&[(&str, &str)]>,
        headers: &[(&str, &str)],
    ) -> reqwest::Response {
        let mut request = self.with_cookies(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(form) = form {
            let body = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(form)
                .finish();
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
        }
        request.send().await.expect("the panel answers")
    }

    fn with_cookies(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .expect("no panic")
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self.http.request(method, format!("{}{path}", self.base));
        if cookies.is_empty() {
            return request;
        }
        request.header("cookie", cookies.join("; "))
    }
}
