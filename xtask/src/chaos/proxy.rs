//! A TCP proxy that can be cut, in the two ways in which networks fail, and that shares connections
//! out among several servers.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

/// How often a connection that says nothing looks whether the proxy was cut.
const LOOK: Duration = Duration::from_millis(100);

/// Where connections go.
#[derive(Debug, Clone)]
pub enum Target {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

/// What becomes of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Way {
    /// It arrives.
    Open,
    /// It is lost, and neither side is told: a cable that was pulled, a firewall that drops.
    Silent,
    /// Connections are broken, and new ones refused.
    Cut,
}

/// A proxy; dropped, it is cut for good.
pub struct Proxy {
    pub address: SocketAddr,
    state: Arc<State>,
}

struct State {
    way: AtomicU8,
    targets: Mutex<Vec<Target>>,
    next: AtomicUsize,
}

impl Proxy {
    /// One that leads to these, in turn.
    pub fn new(targets: Vec<Target>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let way = AtomicU8::new(Way::Open as u8);
        let state =
            Arc::new(State { way, targets: Mutex::new(targets), next: AtomicUsize::new(0) });
        let accepting = Arc::clone(&state);
        // Ends with the process: a proxy that is cut refuses whoever comes.
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&accepting);
                thread::spawn(move || state.serve(client));
            }
        });
        Ok(Self { address, state })
    }

    /// Lets what is sent arrive or not.
    pub fn set(&self, way: Way) {
        self.state.way.store(way as u8, Ordering::Relaxed);
    }

    /// Leads new connections to these.
    pub fn lead_to(&self, targets: Vec<Target>) {
        *self.state.targets.lock().unwrap_or_else(PoisonError::into_inner) = targets;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.set(Way::Cut);
    }
}

impl State {
    fn is(&self, way: Way) -> bool {
        self.way.load(Ordering::Relaxed) == way as u8
    }

    fn serve(self: Arc<Self>, client: TcpStream) {
        while self.is(Way::Silent) {
            thread::sleep(LOOK);
        }
        let targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if self.is(Way::Cut) || targets.is_empty() {
            return;
        }
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        // Whoever does not answer is passed over, as load balancers do.
        let server = (0..targets.len())
            .filter_map(|number| targets.get((first + number) % targets.len()))
            .find_map(Connection::open);
        let (Some(server), client) = (server, Connection::Tcp(client)) else { return };
        let (Ok(from_client), Ok(to_server)) = (client.share(), server.share()) else { return };
        let other = Arc::clone(&self);
        thread::spawn(move || other.pump(from_client, to_server));
        self.pump(server, client);
    }

    fn pump(&self, mut from: Connection, mut to: Connection) {
        let mut bytes = [0; 16 * 1024];
        loop {
            if self.is(Way::Silent) {
                thread::sleep(LOOK);
                continue;
            }
            if self.is(Way::Cut) {
                break;
            }
            match from.read(&mut bytes) {
                Ok(0) => break,
                Ok(count) => {
                    // What was on its way when the cable was pulled is lost as well, and comes
                    // again when it is back: TCP sends it again.
                    while self.is(Way::Silent) {
                        thread::sleep(LOOK);
                    }
                    if to.write_all(bytes.get(..count).unwrap_or_default()).is_err() {
                        break;
                    }
                }
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => break,
            }
        }
        from.shut();
        to.shut();
    }
}

/// Either end.
enum Connection {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Connection {
    fn open(target: &Target) -> Option<Self> {
        match target {
            Target::Tcp(address) => TcpStream::connect(address).ok().map(Self::Tcp),
            Target::Unix(path) => UnixStream::connect(path).ok().map(Self::Unix),
        }
    }

    /// Another handle, with reads that end now and then.
    fn share(&self) -> std::io::Result<Self> {
        Ok(match self {
            Self::Tcp(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(LOOK))?;
                Self::Tcp(stream.try_clone()?)
            }
            Self::Unix(stream) => {
                stream.set_read_timeout(Some(LOOK))?;
                Self::Unix(stream.try_clone()?)
            }
        })
    }

    fn shut(&self) {
        // The other side may have done so before.
        let _ = match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
            Self::Unix(stream) => stream.shutdown(Shutdown::Both),
        };
    }
}

impl Read for Connection {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(bytes),
            Self::Unix(stream) => stream.read(bytes),
        }
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leads_on_is_silent_and_is_cut() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy::new(vec![Target::Tcp(server.local_addr().unwrap())]).unwrap();
        let mut client = TcpStream::connect(proxy.address).unwrap();
        let (mut accepted, _) = server.accept().unwrap();
        let mut byte = [0];
        client.write_all(b"a").unwrap();
        accepted.read_exact(&mut byte).unwrap();
        proxy.set(Way::Silent);
        client.write_all(b"b").unwrap();
        accepted.set_read_timeout(Some(3 * LOOK)).unwrap();
        assert!(accepted.read_exact(&mut byte).is_err(), "nothing arrives");
        proxy.set(Way::Open);
        accepted.set_read_timeout(None).unwrap();
        accepted.read_exact(&mut byte).unwrap();
        assert_eq!(&byte, b"b", "and nothing is lost for good");
        proxy.set(Way::Cut);
        assert_eq!(accepted.read(&mut byte).unwrap(), 0);
    }
}
