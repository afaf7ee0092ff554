//! One server with its inventory and its operators, all in one folder.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use trustboard_model::role::Role;

use crate::client::Client;
use crate::programs::Programs;
use crate::running::{Memory, Running};

/// How long until the server listens: a start takes a second, a busy machine ten.
const LISTENS: Duration = Duration::from_mins(1);

/// Where the server listens. Only ever on loopback.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ports {
    /// 8080 for browsers, if it is free.
    Usual,
    /// Any.
    Free,
}

/// Somebody who can sign in.
pub struct User {
    /// Their name.
    pub name: &'static str,
    /// What they may do.
    pub role: &'static str,
    /// Random, new with each installation.
    pub password: String,
}

impl User {
    /// For a program that signs in as them.
    pub fn to_json(&self) -> Value {
        json!({ "name": self.name, "role": self.role, "password": self.password })
    }
}

/// A running server; ends when it is dropped.
pub struct Server {
    programs: Programs,
    data: PathBuf,
    makers: PathBuf,
    log: PathBuf,
    running: Running,
    /// Where browsers go: `http://127.0.0.1:8080`.
    pub browsers: String,
    /// Where agents go: `https://127.0.0.1:34567`.
    pub agents: String,
}

impl Server {
    /// Starts it on the data in `folder`/server, which must be there already, trusting the TPM
    /// makers in `makers`; returns when it answers.
    pub fn start(programs: &Programs, folder: &Path, ports: Ports, makers: &Path) -> Result<Self> {
        let usual = "127.0.0.1:8080";
        let is_free = ports == Ports::Usual && std::net::TcpListener::bind(usual).is_ok();
        let listen = if is_free { usual } else { "127.0.0.1:0" };
        let (data, log) = (data_folder(folder), folder.join("server.log"));
        let running = serve(programs, &data, (listen, "127.0.0.1:0"), makers, &log)?;
        let (programs, makers) = (programs.clone(), makers.to_owned());
        let (browsers, agents) = (String::new(), String::new());
        let mut server = Self { programs, data, makers, log, running, browsers, agents };
        server.wait()?;
        Ok(server)
    }

    /// Another server on the same database, with its own data in `folder` and the same certificate
    /// for agents, which is what they trust.
    pub fn replica(&self, programs: &Programs, folder: &Path, makers: &Path) -> Result<Self> {
        const CERTIFICATE: &str = "agent-tls.pem";
        let data = data_folder(folder);
        let mut private = fs::DirBuilder::new();
        private.recursive(true).mode(0o700).create(&data)?;
        fs::copy(self.data.join(CERTIFICATE), data.join(CERTIFICATE))?;
        Self::start(programs, folder, Ports::Free, makers)
    }

    /// Kills it without a word.
    pub fn kill(&mut self) {
        self.running.kill();
    }

    /// Asks the program, on its data, and gives what it answers.
    pub fn ask(&self, words: &[&str]) -> Result<String> {
        self.programs.ask(&self.data, words)
    }

    /// Ends it in order, and starts it again.
    pub fn restart(&mut self) -> Result<Duration> {
        self.end();
        self.start_again()
    }

    /// Starts it again, once it has ended, at the same addresses; gives how long it took until it
    /// was ready. Its log begins anew.
    pub fn start_again(&mut self) -> Result<Duration> {
        let file = self.data.join("serving.json");
        if file.exists() {
            fs::remove_file(&file).with_context(|| file.display().to_string())?;
        }
        let address = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
        let (browsers, agents) = (address(&self.browsers), address(&self.agents));
        let begun = Instant::now();
        let at = (&*browsers, &*agents);
        self.running = serve(&self.programs, &self.data, at, &self.makers, &self.log)?;
        self.wait()?;
        Ok(begun.elapsed())
    }

    /// Waits until it says where it listens: for browsers, and for agents.
    fn wait(&mut self) -> Result<()> {
        let file = self.data.join("serving.json");
        let start = Instant::now();
        loop {
            self.check()?;
            if let Ok(text) = fs::read_to_string(&file) {
                let serving: Value = serde_json::from_str(&text)?;
                let at = |name: &str| serving[name].as_str().map(str::to_owned);
                let addresses = at("browsers").zip(at("agents"));
                (self.browsers, self.agents) = addresses.context("serving.json")?;
                if Client::new(&self.browsers).is_ready() {
                    return Ok(());
                }
            }
            if start.elapsed() > LISTENS {
                bail!("the server does not listen:\n{}", self.running.last_lines());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Its folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A link that signs this user in, once.
    pub fn sign_in_link(&self, name: &str) -> Result<String> {
        self.programs.ask(&self.data, &["user", "link", name])
    }

    /// Fails, with its last words, if it has ended.
    pub fn check(&mut self) -> Result<()> {
        self.running.check()
    }

    /// The process' number.
    pub fn process(&self) -> u32 {
        self.running.id()
    }

    /// Its resident memory in KiB.
    pub fn memory_kib(&self) -> Result<u64> {
        self.running.memory_kib()
    }

    /// Its memory.
    pub fn memory(&self) -> Result<Memory> {
        self.running.memory()
    }

    /// Seconds that its processors have worked.
    pub fn processor_s(&self) -> Result<f64> {
        self.running.processor_s()
    }

    /// Bytes that it has sent to the disk.
    pub fn written_bytes(&self) -> Result<u64> {
        self.running.written_bytes()
    }

    /// Whether it says that it is ready.
    pub fn is_ready(&self) -> bool {
        Client::new(&self.browsers).is_ready()
    }

    /// The programs that it is one of.
    pub fn programs(&self) -> &Programs {
        &self.programs
    }

    /// Ends it.
    pub fn end(&mut self) {
        self.running.end();
    }
}

/// Starts the program, listening for browsers and agents at these addresses.
fn serve(
    programs: &Programs,
    data: &Path,
    (browsers, agents): (&str, &str),
    makers: &Path,
    log: &Path,
) -> Result<Running> {
    let mut serve: Command = programs.trustboard(data);
    serve.args(["serve", "--listen", browsers, "--agent-listen", agents, "--makers-dir"]);
    Running::start("the server", serve.arg(makers), log)
}

/// Where the server in `folder` keeps its data.
pub fn data_folder(folder: &Path) -> PathBuf {
    folder.join("server")
}

/// Adds somebody who can sign in.
pub fn add_user(programs: &Programs, data: &Path, name: &'static str, role: Role) -> Result<User> {
    let password = random_password()?;
    let mut command = programs.trustboard(data);
    command.args(["user", "add", name, "--role", role.code(), "--password-stdin"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start trustboard")?;
    let mut input = child.stdin.take().context("trustboard has no standard input")?;
    writeln!(input, "{password}")?;
    drop(input);
    let status = child.wait()?;
    if !status.success() {
        bail!("`trustboard user add {name}` ended with {status}");
    }
    Ok(User { name, role: role.code(), password })
}

fn random_password() -> Result<String> {
    let mut bytes = [0; 9];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(hex::encode(bytes))
}
