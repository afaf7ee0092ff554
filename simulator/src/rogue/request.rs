//! One HTTP request by hand over TLS, and the status and body of its answer.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::tls;
use trustboard_model::digest::Sha256;

/// Bytes of a head, or of a body, that are read at most.
const MOST: usize = 64 * 1024;

/// A connection to the server.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects to a server that shows this certificate.
pub async fn connect(server: &ServerAddress, fingerprint: Sha256) -> io::Result<Box<dyn Stream>> {
    let stream = tls::connect(server, fingerprint).await.map_err(io::Error::other)?;
    Ok(Box::new(stream))
}

/// Reads the head of an answer, and gives its status with the bytes of its body that came along.
pub async fn head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<(u16, Vec<u8>)> {
    let (mut read, mut chunk) = (Vec::new(), [0; 2048]);
    loop {
        let count = stream.read(&mut chunk).await?;
        if count == 0 || read.len() > MOST {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "no answer"));
        }
        read.extend_from_slice(chunk.get(..count).unwrap_or_default());
        let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let body = read.split_off(end + 4);
        let status =
            read.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse().ok());
        return status.map(|status| (status, body)).ok_or_else(|| io::Error::other("not HTTP"));
    }
}

/// Posts a body; gives the status and the body of the answer.
pub async fn post(
    server: &ServerAddress,
    fingerprint: Sha256,
    path: &str,
    body: &[u8],
) -> io::Result<(u16, Vec<u8>)> {
    let mut stream = connect(server, fingerprint).await?;
    let head_lines = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/cbor\r\n\
         content-length: {}\r\n\r\n",
        server.authority(),
        body.len()
    );
    stream.write_all(head_lines.as_bytes()).await?;
    stream.write_all(body).await?;
    let (status, mut answer) = head(&mut stream).await?;
    // It may end without TLS's own goodbye: what came is what counts.
    let _ = stream.take(MOST as u64).read_to_end(&mut answer).await;
    Ok((status, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_head_is_told_from_its_body() {
        let mut answer = &b"HTTP/1.1 403 Forbidden\r\na: b\r\n\r\nno"[..];
        assert_eq!(head(&mut answer).await.unwrap(), (403, b"no".to_vec()));
        assert!(head(&mut &b"HTTP/1.1 200 OK\r\n"[..]).await.is_err());
        assert!(head(&mut &b"?\r\n\r\n"[..]).await.is_err());
    }
}
