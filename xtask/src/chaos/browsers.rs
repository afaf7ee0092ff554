//! Browsers that all look at one datacenter: each has its live stream open and reads it, and some
//! read pages. Expected: a change reaches all of them within a stated time, one more than there may
//! be is told so, and the hosts keep their intervals.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::role::Role;

use super::Extent;
use super::hosts::{Hosts, Took};
use crate::client::Client;

/// Live streams that there may be.
const MOST: usize = 1_000;

/// How long until a change has reached all.
const REACHES: Duration = Duration::from_secs(10);

/// How long an operator may wait for the inventory meanwhile.
const PROMPT: Duration = Duration::from_secs(5);

/// What a stream may cost in memory, in KiB.
const EACH_KIB: u64 = 128;

/// What rendering pages may cost.
const PAGES_KIB: u64 = 256 * 1024;

/// A browser's open stream.
struct Stream {
    socket: TcpStream,
    heard: Vec<u8>,
    heard_at: Option<Duration>,
}

pub fn check(hosts: &mut Hosts, extent: Extent) -> Result<()> {
    let (count, changes) = extent.of((MOST, 20), (100, 3));
    let operator = hosts.client(Role::Operator)?;
    let row = operator.matching("tpm:2.0")?.rows.into_iter().next().context("no host")?;
    let datacenter = operator.host(row.id)?.row.datacenter.id;
    let address = hosts.server.browsers.rsplit('/').next().context("no address")?.parse()?;
    let before = hosts.server.memory_kib()?;
    let stop = AtomicBool::new(false);
    let readers: Vec<Client> = (0..4).map(|_| hosts.client(Role::Viewer)).collect::<Result<_>>()?;
    let ((mut reached, mut pages), mut took) = thread::scope(|scope| {
        let reading: Vec<_> = readers
            .into_iter()
            .map(|reader| {
                let stop = &stop;
                scope.spawn(move || read_pages(&reader, datacenter, stop))
            })
            .collect();
        let done = hosts.meanwhile(PROMPT, || {
            let mut streams = open(&operator, address, datacenter, count)?;
            let reached = change(&operator, row.id, &mut streams, changes);
            stop.store(true, Ordering::Relaxed);
            if count == MOST && operator.live(datacenter).is_ok() {
                bail!("one stream more than there may be was opened");
            }
            let reached = reached?;
            let mut pages = Took::default();
            for reading in reading {
                pages.0.extend(reading.join().ok().context("a thread broke off")??);
            }
            Ok((reached, pages))
        });
        stop.store(true, Ordering::Relaxed);
        done
    })?;
    let grown = hosts.server.memory_kib()?.saturating_sub(before);
    if grown > EACH_KIB * count as u64 + PAGES_KIB {
        bail!("{count} streams cost {grown} KiB");
    }
    eprintln!(
        "    {count} browsers: a change reaches them: {}\n    pages: {}\n    inventory: {}; memory \
         grew by {grown} KiB",
        reached.words(),
        pages.words(),
        took.words()
    );
    Ok(())
}

fn read_pages(
    client: &Client,
    datacenter: DatacenterId,
    stop: &AtomicBool,
) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        client.html(&format!("/datacenters/{datacenter}/security"))?;
        took.push(begun.elapsed());
        thread::sleep(Duration::from_millis(200));
    }
    Ok(took)
}

fn open(
    client: &Client,
    address: SocketAddr,
    datacenter: DatacenterId,
    count: usize,
) -> Result<Vec<Stream>> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut socket = TcpStream::connect(address)?;
        write!(
            socket,
            "GET /api/v1/live?datacenter={datacenter} HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\n",
            client.cookie()
        )?;
        socket.set_nonblocking(true)?;
        streams.push(Stream { socket, heard: Vec::new(), heard_at: None });
    }
    // Whoever has had an answer's head hears whatever is changed from now on.
    hear(&mut streams, "text/event-stream", Instant::now())?;
    Ok(streams)
}

/// Changes a host so many times; gives how long each browser waited to hear of it.
fn change(operator: &Client, host: HostId, streams: &mut [Stream], changes: u32) -> Result<Took> {
    let mut reached = Took::default();
    for number in 0..2 * changes {
        let revision = operator.host(host)?.row.revision;
        let (action, fields) = match number % 2 {
            0 => ("enter-maintenance", json!({ "reason": "to see who hears of it" })),
            _ => ("leave-maintenance", json!({})),
        };
        let begun = Instant::now();
        operator.act(host, revision, action, fields)?;
        reached.0.extend(hear(streams, "maintenance", begun)?);
    }
    Ok(reached)
}

/// Reads all streams until each has had this word; gives how long that took each.
fn hear(streams: &mut [Stream], word: &str, begun: Instant) -> Result<Vec<Duration>> {
    let (word, mut bytes) = (word.as_bytes(), [0; 16 * 1024]);
    loop {
        let mut waiting = 0;
        for Stream { socket, heard, heard_at } in streams.iter_mut() {
            match socket.read(&mut bytes) {
                Ok(0) => bail!("a stream ended"),
                Ok(count) => heard.extend_from_slice(bytes.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
            if heard_at.is_none() && heard.windows(word.len()).any(|at| at == word) {
                *heard_at = Some(begun.elapsed());
            }
            waiting += usize::from(heard_at.is_none());
            // What is behind a line's end was looked at.
            let end = heard.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            heard.drain(..end);
        }
        if waiting == 0 {
            return Ok(streams.iter_mut().filter_map(|stream| stream.heard_at.take()).collect());
        }
        if begun.elapsed() > REACHES {
            bail!("{waiting} of {} browsers do not hear of it", streams.len());
        }
        thread::sleep(Duration::from_millis(2));
    }
}
