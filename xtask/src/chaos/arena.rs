//! A server to be broken, in a folder of its own, and what every scenario asks of it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use trustboard_model::role::Role;

use crate::client::Client;
use crate::place;
use crate::programs::Programs;
use crate::running::Running;
use crate::server::{self, User};

/// How long until a server listens, or comes back to itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long the server may take to show its inventory while somebody torments it: an operator
/// does not notice.
const PROMPT: Duration = Duration::from_secs(2);

/// A server with a datacenter, a cluster and an operator.
pub struct Arena {
    programs: Programs,
    folder: PathBuf,
    user: User,
    running: Running,
    pub browsers: SocketAddr,
    pub agents: SocketAddr,
}

impl Arena {
    pub fn new(programs: &Programs) -> Result<Self> {
        let folder = place::temporary_folder("chaos")?;
        let data = server::data_folder(&folder);
        fs::create_dir_all(&data)?;
        programs.ask(&data, &["datacenter", "add", "Berlin"])?;
        programs.ask(&data, &["cluster", "add", "--datacenter", "Berlin", "Rack-1"])?;
        let user = server::add_user(programs, &data, "olga", Role::Administrator)?;
        let (running, browsers, agents) = start(programs, &folder)?;
        Ok(Self { programs: programs.clone(), folder, user, running, browsers, agents })
    }

    /// The server's folder.
    pub fn data(&self) -> PathBuf {
        server::data_folder(&self.folder)
    }

    /// The server's process.
    pub fn process(&self) -> u32 {
        self.running.id()
    }

    /// Its resident memory in KiB.
    pub fn memory_kib(&self) -> Result<u64> {
        self.running.memory_kib()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.browsers)
    }

    /// Signed in as the operator.
    pub fn client(&self) -> Result<Client> {
        Client::sign_in(&self.url(), self.user.name, &self.user.password)
    }

    /// Kills it without a word, and starts it again.
    pub fn kill_and_start(&mut self) -> Result<()> {
        self.running.kill();
        (self.running, self.browsers, self.agents) = start(&self.programs, &self.folder)?;
        Ok(())
    }

    /// Fails unless the server is alive and shows its inventory promptly.
    pub fn still_serves(&mut self, client: &Client) -> Result<()> {
        self.running.check()?;
        let start = Instant::now();
        client.inventory()?;
        let took = start.elapsed();
        if took > PROMPT {
            bail!("the inventory took {} ms", took.as_millis());
        }
        Ok(())
    }

    /// Fails unless the chain of events is whole; gives how many there are.
    pub fn chain_is_whole(&self) -> Result<u64> {
        Self::events_of(&self.programs.ask(&self.data(), &["audit", "verify"])?)
    }

    /// How many events there are, of what `trustboard audit verify` said.
    pub fn events_of(said: &str) -> Result<u64> {
        let events = said.strip_prefix("whole: ").and_then(|rest| rest.split(' ').next());
        let events = events.and_then(|events| events.parse().ok());
        events.with_context(|| format!("the chain is not whole: {said}"))
    }

    /// A metric's value; nothing if there is no such sample.
    pub fn metric(client: &Client, sample: &str) -> Result<Option<f64>> {
        let text = client.text("/api/v1/metrics")?;
        let line = text.lines().find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
        Ok(line.map(str::parse).transpose()?)
    }

    /// Ends it in order, checks the chain once more, and takes the folder away.
    pub fn end(mut self) -> Result<()> {
        self.running.end();
        self.chain_is_whole()?;
        fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

fn start(programs: &Programs, folder: &Path) -> Result<(Running, SocketAddr, SocketAddr)> {
    let data = server::data_folder(folder);
    let serving = data.join("serving.json");
    if serving.exists() {
        fs::remove_file(&serving)?;
    }
    // A shell that ignores SIGXFSZ hands that on: a limit on the size of files is then an error of
    // the write, as a full disk is.
    let direct = programs.trustboard(&data);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(direct.get_program());
    shell.args(["serve", "--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0"]);
    shell.envs(direct.get_envs().filter_map(|(key, value)| Some((key, value?))));
    shell.env("RUST_LOG", "warn");
    let mut running = Running::start("the server", &mut shell, &folder.join("server.log"))?;
    let start = Instant::now();
    loop {
        running.check()?;
        if let Ok(text) = fs::read_to_string(&serving) {
            let json: Value = serde_json::from_str(&text)?;
            let at = |name: &str| -> Option<SocketAddr> {
                json[name].as_str()?.rsplit('/').next()?.parse().ok()
            };
            let (browsers, agents) = at("browsers").zip(at("agents")).context("serving.json")?;
            if Client::new(&format!("http://{browsers}")).is_ready() {
                return Ok((running, browsers, agents));
            }
        }
        if start.elapsed() > PATIENCE {
            bail!("the server does not listen:\n{}", running.last_lines());
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until `done`, or fails.
pub fn within(limit: Duration, what: &str, mut done: impl FnMut() -> Result<bool>) -> Result<()> {
    let start = Instant::now();
    while !done()? {
        if start.elapsed() > limit {
            bail!("{what}: not within {} s", limit.as_secs());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Whether the other side has closed this connection: nothing is waited for longer than a moment.
pub fn is_closed(socket: &mut TcpStream) -> Result<bool> {
    socket.set_read_timeout(Some(Duration::from_millis(10)))?;
    let mut bytes = [0; 256];
    loop {
        match socket.read(&mut bytes) {
            Ok(0) => return Ok(true),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(false),
            Err(_) => return Ok(true),
        }
    }
}

/// Sends what it can; an error is the other side's good right.
pub fn send(socket: &mut TcpStream, bytes: &[u8]) {
    let _ = socket.write_all(bytes);
}
