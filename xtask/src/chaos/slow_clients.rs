//! Connections that say nothing, and others that send a head a byte at a time, on every port.
//! Expected: all are closed within half a minute, and meanwhile others are served promptly.

use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Extent;
use super::arena::{Arena, is_closed, send};

/// A silent connection is closed after 15 s, a head has 15 s, a handshake 10 s; and some patience.
const CLOSED_WITHIN: Duration = Duration::from_secs(30);

pub fn check(arena: &mut Arena, extent: Extent) -> Result<()> {
    let client = arena.client()?;
    let each = extent.of(2_000, 100);
    let mut sockets = Vec::new();
    for _ in 0..each {
        for address in [arena.browsers, arena.agents] {
            sockets.push((TcpStream::connect(address)?, false));
            sockets.push((TcpStream::connect(address)?, true));
        }
    }
    // Half of a TLS client's first record: 300 bytes are announced, none comes.
    let begun = [0x16, 0x03, 0x01, 0x01, 0x2c];
    let head = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
    for (socket, speaks) in &mut sockets {
        let agents = socket.peer_addr().is_ok_and(|peer| peer == arena.agents);
        if *speaks {
            send(socket, if agents { &begun } else { &head[..] });
        }
    }
    let start = Instant::now();
    while !sockets.is_empty() {
        arena.still_serves(&client)?;
        let mut open = Vec::new();
        for (mut socket, speaks) in sockets {
            let agents = socket.peer_addr().is_ok_and(|peer| peer == arena.agents);
            if is_closed(&mut socket)? {
                continue;
            }
            if speaks && !agents {
                send(&mut socket, b"a");
            }
            open.push((socket, speaks));
        }
        sockets = open;
        if start.elapsed() > CLOSED_WITHIN + Duration::from_millis(40) * each {
            bail!("{} slow connections are still open", sockets.len());
        }
        thread::sleep(Duration::from_millis(500));
    }
    if Arena::metric(&client, "trustboard_connections_refused_total{limit=\"silent\"}")?
        .is_none_or(|count| count < f64::from(each))
    {
        bail!("the silent connections were not counted");
    }
    Ok(())
}
