//! A stand-in for S3 in this process: objects in memory, with the address in the path, for signed calls only.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use tanggap::clock::Clock;
use tanggap::config::storage::{Bucket, StorageUrl};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const NAME: &str = "photos";
const KEY: &str = "story-key";
const REGION: &str = "us-east-1";
/// The longest content of a call.
const LARGEST: usize = 32 << 20;

/// A running stand-in with one bucket.
#[derive(Clone)]
pub(crate) struct S3 {
    pub(crate) address: String,
    shelf: Arc<Mutex<Shelf>>,
    _server: Arc<Server>,
}

struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Default)]
struct Shelf {
    objects: BTreeMap<String, (Bytes, DateTime<Utc>)>,
    /// Calls that were not signed as they must be.
    unsigned: Vec<String>,
    /// So many calls fail before one is served.
    failures: u32,
}

impl S3 {
    pub(crate) async fn open() -> Self {
        let shelf = Arc::new(Mutex::new(Shelf::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        #[expect(clippy::disallowed_methods, reason = "the storage runs beside the story")]
        let server = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Self {
            address,
            shelf,
            _server: Arc::new(Server(server)),
        }
    }

    /// How the product is told of it.
    pub(crate) fn url(&self) -> StorageUrl {
        StorageUrl::Bucket(Box::new(Bucket {
            key: KEY.into(),
            secret: "story/secret+1".into(),
            name: NAME.to_owned(),
            folder: "company".to_owned(),
            endpoint: Some(self.address.clone()),
            region: REGION.to_owned(),
            in_path: true,
        }))
    }

    /// The names of all objects.
    pub(crate) fn names(&self) -> Vec<String> {
        self.shelf
            .lock()
            .expect("no panic")
            .objects
            .keys()
            .cloned()
            .collect()
    }

    /// Calls that no S3 would have served.
    pub(crate) fn unsigned(&self) -> Vec<String> {
        self.shelf.lock().expect("no panic").unsigned.clone()
    }

    /// Lets the next calls fail.
    pub(crate) fn fails(&self, times: u32) {
        self.shelf.lock().expect("no panic").failures = times;
    }
}

async fn answer(State(shelf): State<Arc<Mutex<Shelf>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST).await.unwrap_or_default();
    let call = format!("{} {}", parts.method, parts.uri);
    let mut shelf = shelf.lock().expect("no panic");
    if let Err(why) = is_signed(&parts.headers, &body) {
        shelf.unsigned.push(format!("{call}: {why}"));
        return refusal(StatusCode::FORBIDDEN, "AccessDenied");
    }
    if shelf.failures > 0 {
        shelf.failures -= 1;
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "SlowDown");
    }
    let path = parts.uri.path().trim_start_matches('/');
    let Some(rest) = path.strip_prefix(NAME) else {
        return refusal(StatusCode::NOT_FOUND, "NoSuchBucket");
    };
    let key = rest.trim_start_matches('/').to_owned();
    match parts.method {
        Method::GET if key.is_empty() => list(&shelf, parts.uri.query().unwrap_or_default()),
        Method::PUT => {
            let tag = tag(&body);
            shelf.objects.insert(key, (body, Clock::system().now()));
            ([("etag", tag)], "").into_response()
        }
        Method::GET | Method::HEAD => match shelf.objects.get(&key) {
            Some((bytes, at)) => {
                let headers = [
                    ("etag", tag(bytes)),
                    (
                        "last-modified",
                        at.format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
                    ),
                    ("content-length", bytes.len().to_string()),
                ];
                let bytes = if parts.method == Method::GET {
                    bytes.clone()
                } else {
                    Bytes::new()
                };
                (headers, bytes).into_response()
            }
            None => refusal(StatusCode::NOT_FOUND, "NoSuchKey"),
        },
        Method::DELETE => {
            shelf.objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => refusal(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"),
    }
}

/// `Authorization: AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/s3/aws4_request, SignedHeaders=…, Signature=…`,
/// and the hash of the content (AWS, "Signature Version 4").
fn is_signed(headers: &HeaderMap, body: &[u8]) -> Result<(), &'static str> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let rest = text("authorization")
        .and_then(|value| value.strip_prefix("AWS4-HMAC-SHA256 "))
        .ok_or("no signature")?;
    let part = |name: &str| {
        rest.split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let credential: Vec<&str> = part("Credential").ok_or("no credential")?.split('/').collect();
    let is_date = |date: &str| date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
    match credential.as_slice() {
        [KEY, date, REGION, "s3", "aws4_request"] if is_date(date) => {}
        _ => return Err("not our credential"),
    }
    let signed = part("SignedHeaders").ok_or("no signed headers")?;
    for name in ["host", "x-amz-content-sha256", "x-amz-date"] {
        if !signed.split(';').any(|header| header == name) {
            return Err("a header is not signed");
        }
    }
    let signature = part("Signature").ok_or("no signature")?;
    if signature.len() != 64 || !signature.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("no SHA-256 signature");
    }
    let told = text("x-amz-content-sha256").ok_or("no hash of the content")?;
    let hash = tanggap::files::hash(body);
    if told == "UNSIGNED-PAYLOAD" || told == hash {
        Ok(())
    } else {
        Err("the hash is not that of the content")
    }
}

/// `ListObjectsV2`, in pages of two, so that pages are turned.
fn list(shelf: &Shelf, query: &str) -> Response {
    let asked: BTreeMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let asked = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let after = asked("continuation-token").max(asked("start-after"));
    let found: Vec<_> = shelf
        .objects
        .iter()
        .filter(|(key, _)| key.starts_with(asked("prefix")) && key.as_str() > after)
        .collect();
    let page = &found[..found.len().min(2)];
    let shown = page.iter().map(|(key, (bytes, at))| {
        let (at, tag) = (
            at.format("%Y-%m-%dT%H:%M:%S.000Z"),
            tag(bytes).replace('"', "&quot;"),
        );
        let size = bytes.len();
        let inner =
            format!("<Key>{key}</Key><LastModified>{at}</LastModified><ETag>{tag}</ETag><Size>{size}</Size>");
        ["<Contents>", &inner, "</Contents>"].concat()
    });
    let shown: Vec<String> = shown.collect();
    let is_more = found.len() > page.len();
    let next = page.last().filter(|_| is_more);
    let next = next.map(|(key, _)| format!("<NextContinuationToken>{key}</NextContinuationToken>"));
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>{}<KeyCount>{}</KeyCount>\
         <IsTruncated>{is_more}</IsTruncated>{}</ListBucketResult>",
        shown.concat(),
        page.len(),
        next.unwrap_or_default()
    );
    ([("content-type", "application/xml")], xml).into_response()
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", &tanggap::files::hash(bytes)[..32])
}

fn refusal(status: StatusCode, code: &str) -> Response {
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code></Error>");
    (status, [("content-type", "application/xml")], xml).into_response()
}
