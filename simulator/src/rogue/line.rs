//! A WebSocket (RFC 6455) by hand, so that it can be spoken wrongly.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf, split};
use trustboard_agent::state::Enrolment;
use trustboard_model::protocol::SESSION_PATH;

use super::request::{Stream, connect, head};

/// Bytes of a frame of the server that are read at most.
const MOST: u64 = 64 * 1024;

/// Of the second byte: a mask follows the length. 126 and 127 in the place of a length say that it
/// follows in two and in eight bytes.
const MASKED: u8 = 0x80;

/// The first byte of a frame: what it is, and whether it is the last of its message.
pub mod first {
    pub const TEXT: u8 = 0x81;
    pub const BINARY: u8 = 0x82;
    pub const BINARY_BEGINS: u8 = 0x02;
    pub const GOES_ON: u8 = 0x00;
    pub const CLOSE: u8 = 0x88;
    pub const PING: u8 = 0x89;
}

/// What the server sent.
#[derive(Debug)]
pub struct Frame {
    /// Its first byte.
    pub first: u8,
    /// Its content.
    pub payload: Vec<u8>,
}

/// What is said.
pub struct Mouth(WriteHalf<Box<dyn Stream>>);

/// What is heard.
pub struct Ear {
    stream: ReadHalf<Box<dyn Stream>>,
    /// What came with the answer's head.
    rest: Vec<u8>,
}

/// Opens the session of an enrolled host. A refusal is an error that names the status.
pub async fn open(enrolment: &Enrolment) -> io::Result<(Mouth, Ear)> {
    let mut stream = connect(&enrolment.server, enrolment.fingerprint).await?;
    let request = format!(
        "GET {SESSION_PATH} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
         connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        enrolment.server.authority(),
        enrolment.credential,
    );
    stream.write_all(request.as_bytes()).await?;
    let (status, rest) = head(&mut stream).await?;
    if status != 101 {
        return Err(io::Error::other(format!("refused with {status}")));
    }
    let (ear, mouth) = split(stream);
    Ok((Mouth(mouth), Ear { stream: ear, rest }))
}

impl Mouth {
    /// Sends a frame.
    pub async fn frame(&mut self, first: u8, payload: &[u8]) -> io::Result<()> {
        self.announce(first, payload.len() as u64).await?;
        self.raw(payload).await
    }

    /// Sends the head of a frame of so many bytes. Its mask is all zeros, so that what follows is
    /// what it is (RFC 6455 5.3).
    pub async fn announce(&mut self, first: u8, length: u64) -> io::Result<()> {
        let mut bytes = vec![first];
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(short @ ..126), _) => bytes.push(MASKED | short),
            (_, Ok(medium)) => {
                bytes.push(MASKED | 0x7E);
                bytes.extend(medium.to_be_bytes());
            }
            _ => {
                bytes.push(MASKED | 0x7F);
                bytes.extend(length.to_be_bytes());
            }
        }
        bytes.extend([0; 4]);
        self.raw(&bytes).await
    }

    /// Sends these bytes.
    pub async fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes).await
    }
}

impl Ear {
    /// The next frame; nothing once the connection has ended.
    pub async fn next(&mut self) -> io::Result<Option<Frame>> {
        let mut two = [0; 2];
        match self.fill(&mut two).await {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let [first, short] = two;
        let length = match short {
            126 => {
                let mut length = [0; 2];
                self.fill(&mut length).await?;
                u16::from_be_bytes(length).into()
            }
            127 => {
                let mut length = [0; 8];
                self.fill(&mut length).await?;
                u64::from_be_bytes(length)
            }
            short => u64::from(short),
        };
        if length > MOST {
            return Err(io::Error::other("the server sends a frame that is too long"));
        }
        let mut payload = vec![0; usize::try_from(length).unwrap_or_default()];
        self.fill(&mut payload).await?;
        Ok(Some(Frame { first, payload }))
    }

    async fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        let there = self.rest.len().min(bytes.len());
        let (from_rest, others) = bytes.split_at_mut(there);
        for (byte, rest) in from_rest.iter_mut().zip(self.rest.drain(..there)) {
            *byte = rest;
        }
        self.stream.read_exact(others).await.map(drop)
    }
}
