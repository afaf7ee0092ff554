//! Sign-ins with wrong passwords, wrong API keys, bodies without end and heads that are none, as
//! fast as they go, from many threads. Expected: they are refused (429 at the latest after the
//! limits), others are served promptly, and memory stays.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Extent;
use super::arena::Arena;

/// What memory may grow by, in KiB: the buffers of the connections.
const GROWTH_KIB: u64 = 256 * 1024;

/// Answered by status class, for a last look.
#[derive(Default)]
struct Answers {
    refused: AtomicU32,
    limited: AtomicU32,
    served: AtomicU32,
}

pub fn check(arena: &mut Arena, extent: Extent) -> Result<()> {
    let client = arena.client()?;
    let before = arena.memory_kib()?;
    let (stop, answers) = (AtomicBool::new(false), Answers::default());
    let address = arena.browsers;
    let done = thread::scope(|scope| {
        for flood in [sign_in, key, malformed, endless] {
            for _ in 0..extent.of(8, 2) {
                let (stop, answers) = (&stop, &answers);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        match status(address, flood) {
                            Some(429) => answers.limited.fetch_add(1, Ordering::Relaxed),
                            Some(200) => answers.served.fetch_add(1, Ordering::Relaxed),
                            _ => answers.refused.fetch_add(1, Ordering::Relaxed),
                        };
                    }
                });
            }
        }
        let start = Instant::now();
        let mut done = Ok(());
        while start.elapsed() < Duration::from_secs(extent.of(60, 5)) && done.is_ok() {
            done = arena.still_serves(&client);
            thread::sleep(Duration::from_millis(200));
        }
        stop.store(true, Ordering::Relaxed);
        done
    });
    done?;
    let count = |counter: &AtomicU32| counter.load(Ordering::Relaxed);
    let (refused, limited, served) =
        (count(&answers.refused), count(&answers.limited), count(&answers.served));
    if served > 0 || limited == 0 || refused < 100 {
        bail!("{served} were let in, {limited} limited, {refused} refused");
    }
    let grown = arena.memory_kib()?.saturating_sub(before);
    if grown > GROWTH_KIB {
        bail!("memory grew by {grown} KiB");
    }
    eprintln!("    {refused} refused, {limited} told to wait, memory grew by {grown} KiB");
    Ok(())
}

fn sign_in(socket: &mut TcpStream) -> std::io::Result<()> {
    let form = "name=olga&password=wrong";
    write!(
        socket,
        "POST /sign-in HTTP/1.1\r\nhost: a\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
}

fn key(socket: &mut TcpStream) -> std::io::Result<()> {
    write!(
        socket,
        "GET /api/v1/inventory HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\
         authorization: Bearer tb_{}\r\n\r\n",
        "ab".repeat(32)
    )
}

fn malformed(socket: &mut TcpStream) -> std::io::Result<()> {
    socket.write_all(b"\x00\xffBREW /pot HTCPCP/1.0\r\n\r\n")
}

/// A head that never ends: it is cut off at its limit.
fn endless(socket: &mut TcpStream) -> std::io::Result<()> {
    socket.write_all(b"GET / HTTP/1.1\r\nx: ")?;
    let bytes = [b'a'; 16 * 1024];
    for _ in 0..1024 {
        socket.write_all(&bytes)?;
    }
    Ok(())
}

/// The status of the answer; nothing if the connection was just closed.
fn status(address: SocketAddr, ask: fn(&mut TcpStream) -> std::io::Result<()>) -> Option<u16> {
    let mut socket = TcpStream::connect(address).ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    socket.set_write_timeout(Some(Duration::from_secs(20))).ok()?;
    // It may be cut off before all was said; what counts is the answer.
    let _ = ask(&mut socket);
    let mut head = [0; 12];
    socket.read_exact(&mut head).ok()?;
    std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()
}
