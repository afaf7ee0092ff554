//! Browsers that open the live stream of a datacenter and never read it, beside one that does.
//! Expected: changes are committed as fast as ever, whoever reads hears of them, and memory stays.

use std::io::{BufRead as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::Extent;
use super::arena::Arena;

/// What each stream may cost in memory, in KiB: a place in the broadcast and the socket's buffers.
const EACH_KIB: u64 = 256;

/// Changes meanwhile.
const CHANGES: u32 = 50;

pub fn check(arena: &mut Arena, extent: Extent) -> Result<()> {
    let client = arena.client()?;
    let before = arena.memory_kib()?;
    let count: u32 = extent.of(900, 50);
    let inventory = client.inventory()?;
    let datacenter = inventory.datacenters.first().context("there is no datacenter")?.id;
    let mut sockets = Vec::new();
    for _ in 0..count {
        let mut socket = TcpStream::connect(arena.browsers)?;
        write!(
            socket,
            "GET /api/v1/live?datacenter={datacenter} HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\n",
            client.cookie()
        )?;
        sockets.push(socket);
    }
    let lines = client.live(datacenter)?;
    let (heard, hears) = mpsc::channel();
    thread::spawn(move || {
        for line in lines.lines().map_while(Result::ok) {
            if line.starts_with("data:") && heard.send(()).is_err() {
                return;
            }
        }
    });
    for number in 0..CHANGES {
        let start = Instant::now();
        let status = client.create_datacenter(&format!("Unread {number}"))?;
        if !matches!(status, 200 | 201) || start.elapsed() > Duration::from_secs(2) {
            bail!("a change was answered {status} after {} ms", start.elapsed().as_millis());
        }
        arena.still_serves(&client)?;
    }
    hears.recv_timeout(Duration::from_secs(5)).context("whoever reads hears nothing")?;
    let grown = arena.memory_kib()?.saturating_sub(before);
    if grown > EACH_KIB * u64::from(count) + 64 * 1024 {
        bail!("{count} streams that nobody reads cost {grown} KiB");
    }
    eprintln!("    {count} unread streams, memory grew by {grown} KiB");
    Ok(())
}
