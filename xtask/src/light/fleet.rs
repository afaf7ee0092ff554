//! A server with its light hosts, all in one folder, as they should be.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use trustboard_model::role::Role;
use trustboard_model::view::Counts;

use super::counted::{Ill, counts, expected};
use super::crew::Crew;
use crate::client::Client;
use crate::program;
use crate::programs::Programs;
use crate::server::{self, Ports, Server, User};
use crate::stage::Stages;

/// How long until every host is as it should be: ten thousand take below three minutes on four
/// cores.
const SETTLES: Duration = Duration::from_mins(20);

/// How large a fleet is, and what is wrong in it.
#[derive(Args, Clone)]
pub struct Size {
    /// How many hosts.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    pub hosts: u32,
    /// In how many datacenters.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub datacenters: u32,
    /// In how many clusters in all.
    #[arg(long, value_name = "NUMBER", default_value_t = 12)]
    pub clusters: u32,
    /// Seconds between two verifications of a host.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub interval: u32,
    /// Nothing is wrong with any host.
    #[arg(long)]
    pub healthy: bool,
    /// So many hosts that behave like this, in the place of a bad morning: grub-update=412.
    #[arg(long, value_name = "BEHAVIOUR=NUMBER")]
    pub group: Vec<String>,
    /// Hosts that are not healthy stay as they were delivered until they are told to boot.
    #[arg(long)]
    pub unplayed: bool,
    /// How many of a hundred hosts have RSA keys.
    #[arg(long, value_name = "PERCENT", default_value_t = 20)]
    pub rsa: u8,
    /// How many of a hundred hosts have an event log that no other host has.
    #[arg(long, value_name = "PERCENT", default_value_t = 50)]
    pub distinct: u8,
}

impl Size {
    /// A fleet in which nothing is wrong.
    pub fn healthy(hosts: u32, interval: u32) -> Self {
        let (datacenters, clusters) = if hosts < 12 { (1, 1) } else { (3, 12) };
        let (healthy, group, unplayed, rsa, distinct) = (true, Vec::new(), false, 20, 50);
        Self { hosts, datacenters, clusters, interval, healthy, group, unplayed, rsa, distinct }
    }

    /// The bad morning of so many hosts.
    pub fn morning(hosts: u32, interval: u32) -> Self {
        Self { healthy: false, ..Self::healthy(hosts, interval) }
    }
}

/// A cluster with how many hosts it has.
#[derive(Deserialize)]
pub struct Place {
    pub datacenter: String,
    pub cluster: String,
    pub hosts: u32,
}

/// A healthy host of a system, with the clusters that have the same.
#[derive(Deserialize)]
struct Sample {
    host: String,
    system: String,
    places: Vec<String>,
}

/// What is kept beside the data, to start the same again.
#[derive(Serialize, Deserialize)]
struct Kept {
    users: Vec<KeptUser>,
}

#[derive(Serialize, Deserialize)]
struct KeptUser {
    name: String,
    role: String,
    password: String,
}

/// A running server with running light hosts; ends both when it is dropped.
pub struct Fleet {
    folder: PathBuf,
    users: Vec<User>,
    // In this order they are dropped: hosts first.
    pub crew: Crew,
    pub server: Server,
    /// Others on the same database.
    pub others: Vec<Server>,
    pub hosts: u32,
    /// What the server counts once the hosts that are not healthy have booted.
    expected: Counts,
    ended: Receiver<()>,
}

impl Fleet {
    /// Starts the fleet in `folder`, after it was made there if it is new, and waits until every
    /// host is as it should be.
    pub fn start(
        stages: &mut Stages,
        programs: &Programs,
        folder: &Path,
        ports: Ports,
        size: &Size,
        ended: Receiver<()>,
    ) -> Result<Self> {
        Self::start_with(stages, programs, folder, ports, size, 1, ended)
    }

    /// The same with so many servers, which share the database that `programs` names.
    pub fn start_with(
        stages: &mut Stages,
        programs: &Programs,
        folder: &Path,
        ports: Ports,
        size: &Size,
        replicas: u32,
        ended: Receiver<()>,
    ) -> Result<Self> {
        let kept = folder.join("fleet.json");
        if kept.exists() {
            return Self::start_again(stages, programs, folder, ports, ended);
        }
        let data = server::data_folder(folder);
        if data.exists() {
            bail!("{} holds a fleet that was not finished; remove it", folder.display());
        }
        fs::create_dir_all(&data)?;
        let hosts = folder.join("hosts");
        let places =
            stages.run("make keys and certificates", || prepare(programs, &hosts, size))?;
        let (server, users, tokens) = stages.run("start the server", || {
            let users = set_up(programs, &data, &places, size.interval)?;
            let server = Server::start(programs, folder, ports, &hosts.join("makers"))?;
            let tokens = folder.join("tokens.json");
            let all = tokens_of(programs, &data, &places)?;
            write_secret(&tokens, &serde_json::to_string(&all)?)?;
            Ok((server, users, tokens))
        })?;
        let log = folder.join("hosts.log");
        let makers = hosts.join("makers");
        let others = (1..replicas).map(|number| {
            let folder = folder.join(format!("replica-{number}"));
            server.replica(programs, &folder, &makers)
        });
        let others = others.collect::<Result<Vec<_>>>()?;
        let agents: Vec<_> =
            std::iter::once(&server).chain(&others).map(|server| &*server.agents).collect();
        let crew = Crew::start(programs, &hosts, &agents, &tokens, &log)?;
        let (folder, hosts) = (folder.to_owned(), size.hosts);
        let ill: Vec<Ill> = ask(programs, &folder.join("hosts"), "ill")?;
        let expected = expected(&ill);
        let mut fleet = Self { folder, users, crew, server, others, hosts, expected, ended };
        stages.run("enrol and verify every host", || fleet.wait_for_enrolment())?;
        stages.run("approve what each system boots", || fleet.approve(programs))?;
        if !size.unplayed {
            stages.run("boot the hosts that are not healthy", || fleet.fail())?;
        }
        let users = fleet.users.iter().map(|user| KeptUser {
            name: user.name.to_owned(),
            role: user.role.to_owned(),
            password: user.password.clone(),
        });
        let users = users.collect();
        write_secret(&kept, &serde_json::to_string(&Kept { users })?)?;
        Ok(fleet)
    }

    /// The same fleet on the same data.
    fn start_again(
        stages: &mut Stages,
        programs: &Programs,
        folder: &Path,
        ports: Ports,
        ended: Receiver<()>,
    ) -> Result<Self> {
        let kept: Kept = serde_json::from_slice(&fs::read(folder.join("fleet.json"))?)?;
        let mut users = Vec::new();
        for user in kept.users {
            let role = Role::ALL.into_iter().find(|role| role.code() == user.role);
            let role = role.with_context(|| format!("there is no role {}", user.role))?.code();
            let name = NAMES.into_iter().find(|name| *name == user.name);
            let name = name.with_context(|| format!("{} is none of ours", user.name))?;
            users.push(User { name, role, password: user.password });
        }
        let hosts = folder.join("hosts");
        let server = Server::start(programs, folder, ports, &hosts.join("makers"))?;
        let (tokens, log) = (folder.join("tokens.json"), folder.join("hosts.log"));
        let crew = Crew::start(programs, &hosts, &[&server.agents], &tokens, &log)?;
        let folder = folder.to_owned();
        let ill: Vec<Ill> = ask(programs, &hosts, "ill")?;
        let expected = expected(&ill);
        let others = Vec::new();
        let mut fleet = Self { folder, users, crew, server, others, hosts: 0, expected, ended };
        let silent = ill.iter().filter(|ill| ill.behaviour == "silent").count();
        stages.run("every host comes back", || fleet.wait_for_answers(silent))?;
        Ok(fleet)
    }

    /// Where browsers go.
    pub fn url(&self) -> &str {
        &self.server.browsers
    }

    /// Who can sign in.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The simulator's folder.
    pub fn hosts_folder(&self) -> PathBuf {
        self.folder.join("hosts")
    }

    /// The server's folder.
    pub fn data_folder(&self) -> PathBuf {
        self.server.data().to_owned()
    }

    /// A link that signs the administrator in, once.
    pub fn sign_in_link(&self) -> Result<String> {
        self.server.sign_in_link("demo")
    }

    /// A client that is signed in as this user.
    pub fn client(&self, role: Role) -> Result<Client> {
        self.client_at(&self.server, role)
    }

    /// The same at one of the servers.
    pub fn client_at(&self, server: &Server, role: Role) -> Result<Client> {
        let user = self.users.iter().find(|user| user.role == role.code());
        let user = user.with_context(|| format!("there is no {}", role.code()))?;
        Client::sign_in(&server.browsers, user.name, &user.password)
    }

    /// The datacenters, for programs.
    pub fn datacenters(&self) -> Result<Vec<Value>> {
        let inventory = self.client(Role::Viewer)?.inventory()?;
        let all = inventory.datacenters.iter();
        Ok(all.map(|datacenter| json!({ "id": datacenter.id, "name": datacenter.name })).collect())
    }

    /// Runs until Ctrl-C or SIGTERM. Fails if the server or the simulator ends before.
    pub fn until_asked(&mut self) -> Result<()> {
        loop {
            match self.ended.recv_timeout(Duration::from_millis(500)) {
                Ok(()) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => self.check()?,
                Err(RecvTimeoutError::Disconnected) => bail!("no signals arrive any more"),
            }
        }
    }

    /// Fails if the server or the simulator has ended.
    pub fn check(&mut self) -> Result<()> {
        for server in std::iter::once(&mut self.server).chain(&mut self.others) {
            server.check()?;
        }
        self.crew.check()
    }

    /// Ends hosts and server, in this order.
    pub fn end(&mut self) {
        self.crew.end();
        for server in self.others.iter_mut().chain([&mut self.server]) {
            server.end();
        }
    }

    /// All servers.
    pub fn servers(&self) -> impl Iterator<Item = &Server> {
        std::iter::once(&self.server).chain(&self.others)
    }

    /// Boots the hosts that are not healthy into what they are, and waits until that shows.
    pub fn fail(&mut self) -> Result<()> {
        self.crew.order("play")?;
        let expected = self.expected;
        self.wait_for(&expected)
    }

    fn wait_for_enrolment(&mut self) -> Result<()> {
        let (client, start) = (self.client(Role::Viewer)?, Instant::now());
        let (mut all_enrolled, mut told) = (None, Instant::now());
        loop {
            self.check()?;
            let report = self.crew.report()?;
            let counts = counts(&client)?;
            let verified = counts.passed + counts.failed + counts.not_applicable;
            if report.enrolled == self.hosts && all_enrolled.is_none() {
                all_enrolled = Some(start.elapsed());
            }
            if let Some(enrolled) = all_enrolled
                && verified >= self.hosts
            {
                let rate = |took: Duration| f64::from(self.hosts) / took.as_secs_f64().max(0.001);
                let (all, postponed) = (start.elapsed(), report.postponed);
                eprintln!(
                    "    {} hosts enrolled in {:.1} s ({:.0}/s), verified in {:.1} s ({:.0}/s), \
                     {postponed} enrolments were told to come later",
                    self.hosts,
                    enrolled.as_secs_f64(),
                    rate(enrolled),
                    all.as_secs_f64(),
                    rate(all),
                );
                return Ok(());
            }
            if told.elapsed() > Duration::from_secs(5) {
                eprintln!("    {} enrolled, {verified} verified", report.enrolled);
                told = Instant::now();
            }
            self.not_for_ever(start)?;
        }
    }

    fn wait_for(&mut self, expected: &Counts) -> Result<()> {
        let (client, start) = (self.client(Role::Viewer)?, Instant::now());
        let mut told = Instant::now();
        loop {
            self.check()?;
            let now = counts(&client)?;
            if (now.failed, now.unknown, now.not_applicable)
                == (expected.failed, expected.unknown, expected.not_applicable)
            {
                eprintln!(
                    "    {} passed, {} failed, {} unknown, {} without a TPM",
                    now.passed, now.failed, now.unknown, now.not_applicable
                );
                return Ok(());
            }
            if told.elapsed() > Duration::from_secs(5) {
                eprintln!(
                    "    {} of {} failed, {} of {} unknown",
                    now.failed, expected.failed, now.unknown, expected.unknown
                );
                told = Instant::now();
            }
            self.not_for_ever(start)?;
        }
    }

    fn wait_for_answers(&mut self, silent: usize) -> Result<()> {
        let start = Instant::now();
        loop {
            self.check()?;
            let report = self.crew.report()?;
            if report.hosts > 0 && report.answered as usize + silent >= report.hosts as usize {
                self.hosts = report.hosts;
                eprintln!("    {} hosts in {:.1} s", report.hosts, start.elapsed().as_secs_f64());
                return Ok(());
            }
            self.not_for_ever(start)?;
        }
    }

    fn not_for_ever(&self, start: Instant) -> Result<()> {
        if start.elapsed() > SETTLES {
            let (limit, folder) = (SETTLES.as_secs(), self.folder.display());
            bail!("not as it should be after {limit} s; the logs are in {folder}");
        }
        match self.ended.recv_timeout(Duration::from_millis(250)) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Ok(()) => bail!("asked to end"),
            Err(RecvTimeoutError::Disconnected) => bail!("no signals arrive any more"),
        }
    }

    /// Approves what a healthy host of each system booted, for all clusters of that system, and
    /// waits until every host was judged by it.
    fn approve(&mut self, programs: &Programs) -> Result<()> {
        let client = self.client(Role::Administrator)?;
        let samples: Vec<Sample> = ask(programs, &self.hosts_folder(), "samples")?;
        let inventory = client.inventory()?;
        let id_of = |place: &str| {
            inventory.datacenters.iter().find_map(|datacenter| {
                let cluster = place.strip_prefix(&datacenter.name)?.strip_prefix('/')?;
                let found = datacenter.clusters.iter().find(|found| found.name == cluster)?;
                Some((datacenter.id, found.id))
            })
        };
        for sample in samples {
            let places: Vec<_> = sample.places.iter().filter_map(|place| id_of(place)).collect();
            let &(datacenter, _) = places.first().context("a sample without a cluster")?;
            let host = client.host_named(datacenter, &sample.host)?;
            let clusters = places.into_iter().map(|(_, cluster)| cluster).collect();
            let start = Instant::now();
            let approved = client.approve_for(host, &sample.system, clusters)?;
            let took = start.elapsed().as_secs_f64();
            eprintln!("    {} after {took:.1} s", approved.name);
        }
        Ok(())
    }
}

/// Who can sign in.
const NAMES: [&str; 3] = ["demo", "operator", "viewer"];

/// Makes keys and certificates of a fleet, and gives its clusters.
pub fn prepare(programs: &Programs, hosts: &Path, size: &Size) -> Result<Vec<Place>> {
    let Size { hosts: count, datacenters, clusters, healthy, group, rsa, distinct, .. } = size;
    let mut command = programs.simulator(hosts);
    command.args(["light", "prepare", "--hosts", &count.to_string()]);
    command.args(["--datacenters", &datacenters.to_string(), "--clusters", &clusters.to_string()]);
    command.args(["--rsa", &rsa.to_string(), "--distinct", &distinct.to_string()]);
    if *healthy {
        command.arg("--healthy");
    }
    for group in group {
        command.args(["--group", group]);
    }
    // Our own standard output is for what a program reads.
    program::run(command.stdout(std::io::stderr()))?;
    ask(programs, hosts, "places")
}

fn ask<T: DeserializeOwned>(programs: &Programs, hosts: &Path, what: &str) -> Result<T> {
    let text = program::output(programs.simulator(hosts).args(["light", what]))?;
    serde_json::from_str(&text).with_context(|| format!("`light {what}` printed {text}"))
}

/// Inventory and operators.
pub fn set_up(
    programs: &Programs,
    data: &Path,
    places: &[Place],
    interval: u32,
) -> Result<Vec<User>> {
    let mut datacenter = "";
    for place in places {
        if place.datacenter != datacenter {
            datacenter = &place.datacenter;
            programs.ask(data, &["datacenter", "add", datacenter])?;
        }
        let words = ["cluster", "add", "--datacenter", datacenter, &place.cluster];
        programs.ask(data, &[&words[..], &["--interval", &interval.to_string()]].concat())?;
    }
    let roles = [Role::Administrator, Role::Operator, Role::Viewer];
    let users = NAMES.into_iter().zip(roles);
    users.map(|(name, role)| server::add_user(programs, data, name, role)).collect()
}

/// An enrolment token for each cluster, by `datacenter/cluster`.
pub fn tokens_of(
    programs: &Programs,
    data: &Path,
    places: &[Place],
) -> Result<BTreeMap<String, String>> {
    let mut tokens = BTreeMap::new();
    for Place { datacenter, cluster, hosts } in places {
        let words = ["token", "create", "--datacenter", datacenter, "--cluster", cluster];
        let token = programs.ask(data, &[&words[..], &["--uses", &hosts.to_string()]].concat())?;
        tokens.insert(format!("{datacenter}/{cluster}"), token);
    }
    Ok(tokens)
}

/// Writes a file that its owner alone can read.
pub fn write_secret(file: &Path, content: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(file)?.write_all(content.as_bytes())?;
    Ok(())
}
