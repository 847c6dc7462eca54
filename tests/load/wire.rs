//! A small HTTP/1.1 client: one connection that is kept, as Telegram keeps its own.

use serde_json::Value;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection to a server, opened when it is first needed and again after it broke.
pub(crate) struct Wire {
    to: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// The body as JSON; nothing is null.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

impl Wire {
    pub(crate) fn new(to: SocketAddr) -> Self {
        Self {
            to,
            stream: None,
            buffer: Vec::with_capacity(4096),
        }
    }

    /// Sends one request and reads its reply. After an error nobody knows whether the other side
    /// acted on it.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        header: &str,
        body: &[u8],
    ) -> Result<Reply> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(self.to).await?;
            stream.set_nodelay(true)?;
            stream
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{header}\r\n",
            self.to,
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        stream.write_all(&request).await?;
        let (reply, is_kept) = self.read(&mut stream).await?;
        if is_kept {
            self.stream = Some(stream);
        }
        Ok(reply)
    }

    async fn read(&mut self, stream: &mut TcpStream) -> Result<(Reply, bool)> {
        self.buffer.clear();
        let head_end = loop {
            if let Some(at) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            self.more(stream).await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, "no status"))?;
        let field = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        };
        let body = if field("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
            self.read_chunks(stream, head_end).await?
        } else {
            let length = field("content-length")
                .and_then(|length| length.trim().parse().ok())
                .unwrap_or(0);
            while self.buffer.len() < head_end + length {
                self.more(stream).await?;
            }
            self.buffer[head_end..head_end + length].to_vec()
        };
        let is_kept = !field("connection").is_some_and(|value| value.contains("close"));
        Ok((Reply { status, body }, is_kept))
    }

    async fn read_chunks(&mut self, stream: &mut TcpStream, mut at: usize) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line_end = loop {
                if let Some(end) = self.buffer[at..].windows(2).position(|window| window == b"\r\n") {
                    break at + end;
                }
                self.more(stream).await?;
            };
            let size = String::from_utf8_lossy(&self.buffer[at..line_end]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16)
                .map_err(|_| Error::new(ErrorKind::InvalidData, "no chunk size"))?;
            at = line_end + 2;
            while self.buffer.len() < at + size + 2 {
                self.more(stream).await?;
            }
            body.extend_from_slice(&self.buffer[at..at + size]);
            at += size + 2;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn more(&mut self, stream: &mut TcpStream) -> Result<()> {
        if stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(Error::new(ErrorKind::UnexpectedEof, "the server hung up"));
        }
        Ok(())
    }
}
