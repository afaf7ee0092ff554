//! One server with its inventory, its operators and its hosts, all in one folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use trustboard_model::role::Role;

use super::expectation::Expected;
use crate::client::Client;
use crate::program;
use crate::programs::Programs;
use crate::running::Running;
use crate::server::{self, Ports, Server, User};
use crate::stage::Stages;

/// The simulator's folder within an installation's.
pub const HOSTS: &str = "hosts";

/// How long until every host has reported: ten software TPMs on two busy cores.
const REPORTS: Duration = Duration::from_mins(5);

/// How often a host is verified, in seconds: often enough to be watched.
const INTERVAL_S: &str = "30";

/// A running server with running hosts; ends both when it is dropped.
pub struct Installation {
    programs: Programs,
    folder: PathBuf,
    users: Vec<User>,
    // In this order they are dropped: hosts first.
    hosts: Running,
    server: Server,
}

impl Installation {
    /// Sets up everything anew in `folder`, and starts it.
    pub fn start(
        stages: &mut Stages,
        programs: &Programs,
        folder: &Path,
        ports: Ports,
    ) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
        }
        let data = server::data_folder(folder);
        let hosts = folder.join(HOSTS);
        fs::create_dir_all(&data)?;

        let expected = stages.run("make hosts and TPMs", || {
            program::run(programs.simulator(&hosts).arg("prepare"))?;
            Expected::read(programs, &hosts)
        })?;
        stages.run("start server and hosts", || {
            let users = set_up(programs, &data, &expected)?;
            let server = Server::start(programs, folder, ports, &hosts.join("makers"))?;
            let tokens = tokens(programs, &data, &expected)?;
            let file = folder.join("tokens.json");
            write_secret(&file, &serde_json::to_string(&tokens)?)?;
            let mut run = programs.simulator(&hosts);
            run.arg("run").arg("--agent").arg(&programs.agent);
            run.arg("--server").arg(&server.agents).arg("--tokens").arg(&file);
            let hosts = Running::start("the simulator", &mut run, &folder.join("hosts.log"))?;
            let (programs, folder) = (programs.clone(), folder.to_owned());
            Ok(Self { programs, folder, users, hosts, server })
        })
    }

    /// Where browsers go: `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.server.browsers
    }

    /// Who can sign in.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The simulator's folder.
    pub fn hosts_folder(&self) -> PathBuf {
        self.folder.join(HOSTS)
    }

    /// The server's folder.
    pub fn data_folder(&self) -> PathBuf {
        self.server.data().to_owned()
    }

    /// A link that signs this user in, once.
    pub fn sign_in_link(&self, name: &str) -> Result<String> {
        self.server.sign_in_link(name)
    }

    /// A client that is signed in as the viewer.
    pub fn client(&self) -> Result<Client> {
        let viewer = self.users.iter().find(|user| user.role == Role::Viewer.code());
        let viewer = viewer.context("there is no viewer")?;
        Client::sign_in(self.url(), viewer.name, &viewer.password)
    }

    /// The datacenters, for programs.
    pub fn datacenters(&self) -> Result<Vec<Value>> {
        let inventory = self.client()?.inventory()?;
        let all = inventory.datacenters.iter();
        Ok(all.map(|datacenter| json!({ "id": datacenter.id, "name": datacenter.name })).collect())
    }

    /// What the hosts must look like.
    pub fn expected(&self) -> Result<Vec<Expected>> {
        Expected::read(&self.programs, &self.hosts_folder())
    }

    /// Waits until every host has been verified once.
    pub fn wait_for_hosts(&mut self) -> Result<()> {
        let client = self.client()?;
        let expected = self.expected()?.len();
        let start = Instant::now();
        let mut before = usize::MAX;
        loop {
            self.check()?;
            let pages = client.security()?;
            let rows = pages.iter().flat_map(|page| &page.rows);
            let verified = rows.filter(|row| row.last_verified.is_some()).count();
            if verified != before {
                eprintln!("    {verified} of {expected} hosts verified");
                before = verified;
            }
            if verified >= expected {
                return Ok(());
            }
            if start.elapsed() > REPORTS {
                bail!(
                    "only {verified} of {expected} hosts were verified after {} s; \
                     the logs are in {}",
                    REPORTS.as_secs(),
                    self.folder.display()
                );
            }
            thread::sleep(Duration::from_millis(500));
        }
    }

    /// Fails if the server or the simulator has ended.
    pub fn check(&mut self) -> Result<()> {
        self.server.check()?;
        self.hosts.check()
    }

    /// The server's resident memory in KiB.
    pub fn server_memory_kib(&self) -> Result<u64> {
        self.server.memory_kib()
    }

    /// Ends hosts and server, in this order.
    pub fn end(&mut self) {
        self.hosts.end();
        self.server.end();
    }
}

/// Inventory and operators.
fn set_up(programs: &Programs, data: &Path, expected: &[Expected]) -> Result<Vec<User>> {
    for (datacenter, clusters) in places(expected) {
        programs.ask(data, &["datacenter", "add", datacenter])?;
        for cluster in clusters.keys() {
            let words = ["cluster", "add", "--datacenter", datacenter, cluster];
            programs.ask(data, &[&words[..], &["--interval", INTERVAL_S]].concat())?;
        }
    }
    let users =
        [("demo", Role::Administrator), ("operator", Role::Operator), ("viewer", Role::Viewer)];
    let users = users.map(|(name, role)| server::add_user(programs, data, name, role));
    users.into_iter().collect()
}

/// Hosts by cluster by datacenter.
fn places(expected: &[Expected]) -> BTreeMap<&str, BTreeMap<&str, usize>> {
    let mut places: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for host in expected {
        *places.entry(&host.datacenter).or_default().entry(&host.cluster).or_default() += 1;
    }
    places
}

/// An enrolment token for each cluster, by `datacenter/cluster`.
fn tokens(
    programs: &Programs,
    data: &Path,
    expected: &[Expected],
) -> Result<BTreeMap<String, String>> {
    let mut tokens = BTreeMap::new();
    for (datacenter, clusters) in places(expected) {
        for (cluster, hosts) in clusters {
            let uses = hosts.to_string();
            let words = ["token", "create", "--datacenter", datacenter, "--cluster", cluster];
            let token = programs.ask(data, &[&words[..], &["--uses", &uses]].concat())?;
            tokens.insert(format!("{datacenter}/{cluster}"), token);
        }
    }
    Ok(tokens)
}

fn write_secret(file: &Path, content: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(file)?.write_all(content.as_bytes())?;
    Ok(())
}
