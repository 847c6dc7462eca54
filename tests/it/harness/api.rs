//! Someone who uses the JSON API.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A caller with or without a token.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) token: Option<String>,
}

/// What the API said.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The body, if the status is the expected one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }

    /// The problem's type, if the status is the expected one.
    #[track_caller]
    pub(crate) fn problem(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(
            self.headers.get("content-type").and_then(|v| v.to_str().ok()),
            Some("application/problem+json")
        );
        self.body["type"]
            .as_str()
            .expect("a problem has a type")
            .to_owned()
    }
}

impl Api {
    /// The same caller with this token.
    pub(crate) fn with(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The same caller without a token.
    pub(crate) fn anonymous(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, &[]).await
    }

    pub(crate) async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body), &[("idempotency-key", key)])
            .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self.http.request(method, format!("{}/api/v1/{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the API answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("the body arrives");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer {
            status,
            headers,
            body,
        }
    }

    /// Adds a file to a ticket.
    pub(crate) async fn upload(&self, ticket: &Value, kind: &str, filename: &str, bytes: &[u8]) -> Answer {
        self.upload_once(ticket, None, kind, filename, bytes).await
    }

    /// As [`Self::upload`], under a key.
    pub(crate) async fn upload_once(
        &self,
        ticket: &Value,
        key: Option<&str>,
        kind: &str,
        filename: &str,
        bytes: &[u8],
    ) -> Answer {
        // A boundary of our own: with another, the same call under the same key would be another call.
        let mut body = format!(
            "--story\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n--story\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\
             content-type: application/x-whatever\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--story--\r\n");
        let ticket = ticket["id"].as_str().expect("an id");
        self.send_raw(
            &format!("tickets/{ticket}/documents"),
            "multipart/form-data; boundary=story",
            key,
            body,
        )
        .await
    }

    /// Posts this content as this media type.
    pub(crate) async fn send_raw(&self, path: &str, media: &str, key: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = self
            .http
            .post(format!("{}/api/v1/{path}", self.base))
            .header("content-type", media)
            .body(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.expect("the API answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("the body arrives");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer {
            status,
            headers,
            body,
        }
    }

    /// The bytes at a path, with the status and the headers.
    pub(crate) async fn bytes(&self, path: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let mut request = self.http.get(format!("{}/api/v1/{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.expect("the API answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (
            status,
            headers,
            response.bytes().await.expect("the body arrives").to_vec(),
        )
    }

    /// Signs in and answers a caller with the token.
    pub(crate) async fn sign_in(&self, username: &str, password: &str) -> Self {
        let body = json!({ "username": username, "password": password });
        let answer = self.anonymous().post("auth/login", body).await.expect(200);
        self.with(answer["token"].as_str().expect("a token"))
    }
}
