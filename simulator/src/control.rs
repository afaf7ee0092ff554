//! Orders from another terminal: one JSON line each way over the unix socket `DIR/control.sock`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;

use crate::error::{Error, io};
use crate::fleet::Orders;
use crate::order::Order;
use crate::scenario::Scenario;
use crate::socket::ShortPath;

/// Bytes of a request: a host's name (at most 253) and a word.
const REQUEST_BYTES: u64 = 4096;
/// Bytes of an answer: some hundred for each host of a demonstration.
const ANSWER_BYTES: u64 = 1024 * 1024;

/// An order to the running simulator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Bring a host into a state.
    Break {
        /// Which host.
        host: String,
        /// Which state.
        scenario: Scenario,
    },
    /// Mend a host as the server's remedy says.
    Fix {
        /// Which host.
        host: String,
    },
    /// Switch a host off and on.
    Reboot {
        /// Which host.
        host: String,
    },
    /// End a host's agent.
    StopAgent {
        /// Which host.
        host: String,
    },
    /// Start a host's agent.
    StartAgent {
        /// Which host.
        host: String,
    },
    /// Say how every host is.
    List,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// What was done and what is to be seen now.
    Done(String),
    /// Why not.
    Failed(String),
}

/// Where the running simulator takes orders.
#[derive(Debug)]
pub struct Listener {
    listener: UnixListener,
    path: PathBuf,
}

impl Listener {
    /// Takes the socket, unless another simulator runs in the same folder.
    pub async fn open(dir: &Path) -> Result<Self, Error> {
        let path = socket(dir);
        let short = ShortPath::open(&path)?;
        if UnixStream::connect(short.path()).await.is_ok() {
            let dir = dir.display();
            return Err(Error::Refused(format!("a simulator is running in {dir} already")));
        }
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(&path)(error)),
            _ => {}
        }
        let listener = UnixListener::bind(short.path()).map_err(io(&path))?;
        Ok(Self { listener, path })
    }

    /// Passes orders on, for ever.
    pub async fn serve(&self, orders: &Orders) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => if let Ok((stream, _)) = accepted {
                    let orders = orders.clone();
                    // Whoever hangs up early has nobody to tell.
                    connections.spawn(async move { drop(converse(stream, &orders).await) });
                },
                Some(_) = connections.join_next() => {}
            }
        }
    }
}

/// Leaves no socket behind that nobody listens to.
impl Drop for Listener {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.path));
    }
}

/// Asks the simulator that runs in `dir`.
pub async fn ask(dir: &Path, request: &Request) -> Result<Answer, Error> {
    let path = socket(dir);
    let nobody = |_| {
        let dir = dir.display();
        Error::Refused(format!("no simulator is running in {dir}: start one with `run`"))
    };
    let short = ShortPath::open(&path).map_err(nobody)?;
    let mut stream = UnixStream::connect(short.path()).await.map_err(io(&path)).map_err(nobody)?;
    let mut line = serde_json::to_vec(request).expect("names and words");
    line.push(b'\n');
    stream.write_all(&line).await.map_err(io(&path))?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES).read_to_end(&mut answer).await.map_err(io(&path))?;
    serde_json::from_slice(&answer)
        .map_err(|_| Error::Refused("the simulator ended before it was done".to_owned()))
}

async fn converse(stream: UnixStream, orders: &Orders) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    BufReader::new(reader.take(REQUEST_BYTES)).read_line(&mut line).await?;
    let answer = match serde_json::from_str(&line) {
        Ok(request) => match carry_out(request, orders).await {
            Ok(done) => Answer::Done(done),
            Err(error) => Answer::Failed(error.to_string()),
        },
        Err(error) => Answer::Failed(format!("not a request: {error}")),
    };
    writer.write_all(&serde_json::to_vec(&answer).expect("a word and a text")).await?;
    writer.shutdown().await
}

async fn carry_out(request: Request, orders: &Orders) -> Result<String, Error> {
    let (host, order) = match request {
        Request::Break { host, scenario } => (host, Order::Break(scenario)),
        Request::Fix { host } => (host, Order::Fix),
        Request::Reboot { host } => (host, Order::Reboot),
        Request::StopAgent { host } => (host, Order::StopAgent),
        Request::StartAgent { host } => (host, Order::StartAgent),
        Request::List => {
            let mut lines = Vec::new();
            for name in orders.names() {
                lines.push(orders.give(name, Order::Describe).await?);
            }
            return Ok(lines.join("\n"));
        }
    };
    orders.give(&host, order).await
}

fn socket(dir: &Path) -> PathBuf {
    dir.join("control.sock")
}
