//! What a connection may do before it has said anything, and while it takes nothing: limits below
//! HTTP, on every listener.
//!
//! HTTP's own limits begin with a request's first byte (see [`crate::listener`]). A client that
//! sends none, or that reads none of what it is sent, would stay for ever.

use std::collections::HashMap;
use std::future::poll_fn;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};

use crate::intake::Intake;
use crate::metrics::counted;

/// How long a connection may be silent after it was opened (after the handshake, with TLS). A
/// browser opens one ahead of need now and then; it opens another.
const SILENT: Duration = Duration::from_secs(15);

/// How long a client may take none of what it is sent. TCP itself waits for ever while the other
/// side says that it has no room.
const UNREAD: Duration = Duration::from_mins(1);

/// Connections of one address that have sent nothing yet, handshakes included. All hosts behind one
/// address that come back at once stay below it: each takes a few milliseconds.
const SILENT_OF_ADDRESS: usize = 4096;

/// Who connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clients {
    /// People and programs, who sign in.
    People,
    /// Hosts: a hundred thousand of them, any of which may be somebody else's by now.
    Agents,
}

/// Lets connections in through `inner` (TLS or none), under these limits.
#[derive(Debug, Clone)]
pub(crate) struct Limited<A> {
    inner: A,
    clients: Clients,
    silent: Arc<Silent>,
    /// Turns at computing handshakes: half of the cores, so that ten thousand hosts that come back
    /// at once leave the other half to those who are in already.
    turns: Arc<Semaphore>,
}

impl<A> Limited<A> {
    pub(crate) fn new(inner: A, clients: Clients) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Arc::new(Semaphore::new(cores.div_ceil(2)));
        Self { inner, clients, silent: Arc::default(), turns }
    }
}

/// Computes `work` in turns with others, first come, first served. Whoever waits for the network
/// keeps no turn: a client that is slow costs the others nothing.
async fn by_turns<F: Future>(work: F, turns: &Semaphore) -> F::Output {
    let mut work = pin!(work);
    loop {
        // Never closed, so it always gives a turn in the end.
        let turn = turns.acquire().await;
        if let Poll::Ready(done) = poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx))).await {
            return done;
        }
        drop(turn);
        // Until `work`, which was just asked, wakes this task.
        let mut asked = false;
        poll_fn(
            |_| if std::mem::replace(&mut asked, true) { Poll::Ready(()) } else { Poll::Pending },
        )
        .await;
    }
}

/// How many connections of each address have sent nothing yet.
#[derive(Debug, Default)]
struct Silent(Mutex<HashMap<IpAddr, usize>>);

impl Silent {
    fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= SILENT_OF_ADDRESS {
            return None;
        }
        *count += 1;
        Some(Place { silent: Arc::clone(self), address })
    }
}

/// One of an address' places; given back when it is dropped.
#[derive(Debug)]
struct Place {
    silent: Arc<Silent>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.silent.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

impl<A, S> Accept<TcpStream, S> for Limited<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
    A::Stream: Send + 'static,
    A::Service: Send + 'static,
    S: 'static,
{
    type Stream = Timed<A::Stream>;
    type Service = A::Service;
    type Future =
        Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send + 'static>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().map(|peer| self.silent.enter(peer.ip()));
        let place = match place {
            Ok(Some(place)) => place,
            Ok(None) => {
                counted().turned_away("silent-of-address");
                let refused = io::Error::other("too many silent connections of one address");
                return Box::pin(std::future::ready(Err(refused)));
            }
            // It has gone already.
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        let accepting = self.inner.accept(stream, service);
        let (turns, clients) = (Arc::clone(&self.turns), self.clients);
        Box::pin(async move {
            let accepted = by_turns(accepting, &turns).await;
            let (stream, service) = accepted.inspect_err(|error| {
                if error.kind() == io::ErrorKind::TimedOut {
                    counted().turned_away("handshake");
                }
            })?;
            Ok((Timed::new(stream, place, clients), service))
        })
    }
}

/// A stream under these limits.
#[derive(Debug)]
pub(crate) struct Timed<T> {
    inner: T,
    /// Until the first byte comes.
    waiting: Option<(Pin<Box<Sleep>>, Place)>,
    /// While the other side takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
    /// What the other side may still send, if that has a limit.
    intake: Option<Intake>,
}

impl<T> Timed<T> {
    fn new(inner: T, place: Place, clients: Clients) -> Self {
        let intake = (clients == Clients::Agents).then(Intake::new);
        Self { inner, waiting: Some((Box::pin(sleep(SILENT)), place)), stalled: None, intake }
    }

    /// What a write gave, or an error if none has got through for too long.
    fn watched<R>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(UNREAD)));
        ready!(stalled.as_mut().poll(cx));
        counted().turned_away("unread");
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the other side takes no data")))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Timed<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        if let Some(intake) = &mut self.intake {
            ready!(intake.poll_room(cx));
        }
        let read = Pin::new(&mut self.inner).poll_read(cx, buffer);
        if let Some(intake) = &mut self.intake {
            intake.took(buffer.filled().len() - before);
        }
        let Some((limit, _)) = &mut self.waiting else { return read };
        if read.is_ready() {
            if buffer.filled().len() > before {
                self.waiting = None;
            }
            return read;
        }
        ready!(limit.as_mut().poll(cx));
        counted().turned_away("silent");
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing was sent")))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Timed<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, buffer);
        self.watched(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, buffers);
        self.watched(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.watched(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.watched(cx, shut)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
    use tokio::net::TcpListener;

    use super::*;

    const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn timed<T>(stream: T) -> (Timed<T>, Arc<Silent>) {
        let silent = Arc::<Silent>::default();
        (Timed::new(stream, silent.enter(ADDRESS).unwrap(), Clients::People), silent)
    }

    #[tokio::test]
    async fn whoever_speaks_stays_and_gives_the_place_back() {
        let (mut client, server) = duplex(64);
        let (mut server, silent) = timed(server);
        client.write_u8(7).await.unwrap();
        assert_eq!(server.read_u8().await.unwrap(), 7);
        assert!(silent.0.lock().unwrap().is_empty(), "it has spoken");
        assert!(server.waiting.is_none());
    }

    #[tokio::test]
    async fn whoever_says_nothing_is_sent_away() {
        let (_client, server) = duplex(64);
        let (mut server, _) = timed(server);
        server.waiting.as_mut().unwrap().0 = Box::pin(sleep(Duration::ZERO));
        let error = server.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn whoever_reads_nothing_is_sent_away_and_whoever_goes_on_stays() {
        let (mut client, server) = duplex(64);
        let (mut server, _) = timed(server);
        server.write_all(&[0; 64]).await.unwrap();
        server.stalled = Some(Box::pin(sleep(Duration::from_millis(50))));
        client.read_exact(&mut [0; 64]).await.unwrap();
        server.write_all(&[0; 64]).await.unwrap();
        assert!(server.stalled.is_none(), "it got through");
        server.stalled = Some(Box::pin(sleep(Duration::ZERO)));
        let error = server.write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn what_an_agent_sends_is_metered_and_what_people_send_is_not() {
        for (clients, metered) in [(Clients::Agents, true), (Clients::People, false)] {
            let (mut client, server) = duplex(64);
            let silent = Arc::<Silent>::default();
            let mut server = Timed::new(server, silent.enter(ADDRESS).unwrap(), clients);
            if let Some(intake) = &mut server.intake {
                intake.took(usize::MAX >> 1);
            }
            client.write_u8(7).await.unwrap();
            let read = tokio::time::timeout(Duration::from_millis(20), server.read_u8()).await;
            assert_eq!(read.is_err(), metered, "{clients:?}");
        }
    }

    #[tokio::test]
    async fn whoever_waits_for_the_network_keeps_no_turn() {
        let turns = Arc::new(Semaphore::new(1));
        let (mut client, mut slow) = duplex(64);
        let waiting = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { by_turns(slow.read_u8(), &turns).await.unwrap() }
        });
        // The only turn is free for others while that one waits.
        for number in 0..100 {
            assert_eq!(by_turns(async { number }, &turns).await, number);
            tokio::task::yield_now().await;
        }
        client.write_u8(7).await.unwrap();
        assert_eq!(waiting.await.unwrap(), 7);
        assert_eq!(turns.available_permits(), 1);
    }

    #[tokio::test]
    async fn an_address_has_so_many_places_and_gives_them_back() {
        let silent = Arc::<Silent>::default();
        let places: Vec<_> = (0..SILENT_OF_ADDRESS).filter_map(|_| silent.enter(ADDRESS)).collect();
        assert_eq!(places.len(), SILENT_OF_ADDRESS);
        assert!(silent.enter(IpAddr::V4(Ipv4Addr::BROADCAST)).is_some(), "another one");
        let turns = Arc::new(Semaphore::new(1));
        let (inner, clients) = (axum_server::accept::DefaultAcceptor, Clients::Agents);
        let limited = Limited { inner, clients, silent, turns };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (_one, accepted) =
            tokio::try_join!(TcpStream::connect(address), listener.accept()).unwrap();
        assert!(limited.accept(accepted.0, ()).await.is_err());
        drop(places);
        let (_two, accepted) =
            tokio::try_join!(TcpStream::connect(address), listener.accept()).unwrap();
        assert!(limited.accept(accepted.0, ()).await.is_ok());
    }
}
