//! A server with its light hosts, all in one folder, as they should be.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use trustboard_model::policy::Policy;
use trustboard_model::role::Role;
use trustboard_model::view::Counts;

use super::counted::{Ill, counts, expected};
use super::crew::{Crew, processes};
use super::make::{NAMES, Place, Size, ask, prepare, set_up, tokens_of, write_secret};
use super::patience::patiently;
use super::{make, room};
use crate::client::Client;
use crate::programs::Programs;
use crate::server::{self, Ports, Server, User};
use crate::stage::Stages;

/// How long until every host of so many is as it should be: ten thousand take below three minutes on
/// four cores.
fn settles(hosts: u32) -> Duration {
    Duration::from_mins(15) + Duration::from_millis(30) * hosts
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
    /// In how many processes the hosts are: each knows its own.
    #[serde(default = "one")]
    processes: u32,
    /// Every host was enrolled, and what its system boots approved.
    #[serde(default = "yes")]
    finished: bool,
}

const fn one() -> u32 {
    1
}

const fn yes() -> bool {
    true
}

impl Kept {
    fn write(&self, folder: &Path) -> Result<()> {
        write_secret(&file_of(folder), &serde_json::to_string(self)?)
    }
}

fn file_of(folder: &Path) -> PathBuf {
    folder.join("fleet.json")
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
        if file_of(folder).exists() {
            return Self::start_again(stages, programs, folder, ports, size, replicas, ended);
        }
        has_room(size.hosts, replicas)?;
        let data = server::data_folder(folder);
        if data.exists() {
            bail!("{} holds a fleet that was not begun in order; remove it", folder.display());
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
        let others = beside(&server, programs, folder, &makers, replicas)?;
        let processes = processes(size.hosts, room::sessions());
        let kept = users.iter().map(|user| KeptUser {
            name: user.name.to_owned(),
            role: user.role.to_owned(),
            password: user.password.clone(),
        });
        // From here on it goes on where it was, if it is ended in the middle.
        let kept = Kept { users: kept.collect(), processes, finished: false };
        kept.write(folder)?;
        let agents = agents_of(&server, &others);
        let crew = Crew::start(programs, &hosts, &agents, &tokens, &log, processes)?;
        let (folder, hosts) = (folder.to_owned(), size.hosts);
        let ill: Vec<Ill> = ask(programs, &folder.join("hosts"), "ill")?;
        let expected = expected(&ill);
        let mut fleet = Self { folder, users, crew, server, others, hosts, expected, ended };
        fleet.finish(stages, programs, size, kept)?;
        Ok(fleet)
    }

    /// Waits until all are enrolled, and approves what they boot; from then on the fleet is finished.
    fn finish(
        &mut self,
        stages: &mut Stages,
        programs: &Programs,
        size: &Size,
        kept: Kept,
    ) -> Result<()> {
        stages.run("enrol and verify every host", || self.wait_for_enrolment())?;
        stages.run("approve what each system boots", || self.approve(programs))?;
        if !size.unplayed {
            stages.run("boot the hosts that are not healthy", || self.fail())?;
        }
        Kept { finished: true, ..kept }.write(&self.folder)
    }

    /// The same fleet on the same data.
    fn start_again(
        stages: &mut Stages,
        programs: &Programs,
        folder: &Path,
        ports: Ports,
        size: &Size,
        replicas: u32,
        ended: Receiver<()>,
    ) -> Result<Self> {
        let kept: Kept = serde_json::from_slice(&fs::read(file_of(folder))?)?;
        let mut users = Vec::new();
        for user in &kept.users {
            let role = Role::ALL.into_iter().find(|role| role.code() == user.role);
            let role = role.with_context(|| format!("there is no role {}", user.role))?.code();
            let name = NAMES.into_iter().find(|name| *name == user.name);
            let name = name.with_context(|| format!("{} is none of ours", user.name))?;
            users.push(User { name, role, password: user.password.clone() });
        }
        let hosts = folder.join("hosts");
        let places: Vec<Place> = ask(programs, &hosts, "places")?;
        let count = places.iter().map(|place| place.hosts).sum();
        has_room(count, replicas)?;
        let makers = hosts.join("makers");
        let server = Server::start(programs, folder, ports, &makers)?;
        let others = beside(&server, programs, folder, &makers, replicas)?;
        let (tokens, log) = (folder.join("tokens.json"), folder.join("hosts.log"));
        let agents = agents_of(&server, &others);
        let crew = Crew::start(programs, &hosts, &agents, &tokens, &log, kept.processes)?;
        let folder = folder.to_owned();
        let ill: Vec<Ill> = ask(programs, &hosts, "ill")?;
        let expected = expected(&ill);
        let mut fleet = Self { folder, users, crew, server, others, hosts: count, expected, ended };
        let silent = ill.iter().filter(|ill| ill.behaviour == "silent").count();
        if !kept.finished {
            fleet.finish(stages, programs, size, kept)?;
            return Ok(fleet);
        }
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

    /// Who tells of the end, for another fleet.
    pub fn into_ended(self) -> Receiver<()> {
        self.ended
    }

    /// All servers.
    pub fn servers(&self) -> impl Iterator<Item = &Server> {
        std::iter::once(&self.server).chain(&self.others)
    }

    /// Boots the hosts that are not healthy into what they are, and waits until that shows.
    pub fn fail(&mut self) -> Result<()> {
        self.crew.order("play")?;
        self.wait_until_failed()
    }

    /// Waits until every host that was told to boot into what it is shows that.
    pub fn wait_until_failed(&mut self) -> Result<()> {
        let expected = self.expected;
        self.wait_for(&expected)
    }

    /// Lets every host be verified so often, from its next turn on. Gives in how many clusters that
    /// was otherwise until now.
    pub fn verify_every(&mut self, interval_s: u32) -> Result<u32> {
        let (client, mut changed) = (self.client(Role::Administrator)?, 0);
        let inventory = client.inventory()?;
        for cluster in inventory.datacenters.iter().flat_map(|datacenter| &datacenter.clusters) {
            changed += patiently(|| {
                let before = client.policy(cluster.id)?;
                let max_age_s = make::max_age_s(interval_s);
                let policy = Policy { interval_s, max_age_s, ..before.clone() };
                if policy == before {
                    return Ok(0);
                }
                client.set_policy(cluster.id, &policy)?;
                Ok(1)
            })?;
        }
        Ok(changed)
    }

    fn wait_for_enrolment(&mut self) -> Result<()> {
        let (client, start) = (self.client(Role::Viewer)?, Instant::now());
        let (mut all_enrolled, mut told) = (None, Instant::now());
        loop {
            self.check()?;
            let report = self.crew.report()?;
            let counts = patiently(|| counts(&client))?;
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
                let seconds = start.elapsed().as_secs_f64();
                let (enrolled, all) = (report.enrolled, self.hosts);
                let rate = f64::from(enrolled) / seconds;
                let rest = f64::from(all.saturating_sub(enrolled)) / rate.max(0.1);
                eprintln!(
                    "    {enrolled} of {all} enrolled ({rate:.0}/s, {rest:.0} s more), \
                     {verified} verified"
                );
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
            let now = patiently(|| counts(&client))?;
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
            if report.answered as usize + silent >= self.hosts as usize {
                eprintln!("    {} hosts in {:.1} s", report.hosts, start.elapsed().as_secs_f64());
                return Ok(());
            }
            self.not_for_ever(start)?;
        }
    }

    fn not_for_ever(&self, start: Instant) -> Result<()> {
        let limit = settles(self.hosts);
        if start.elapsed() > limit {
            let (limit, folder) = (limit.as_secs(), self.folder.display());
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

fn has_room(hosts: u32, replicas: u32) -> Result<()> {
    let (room, files) = (room::sessions(), room::files());
    if hosts > room.saturating_mul(replicas) {
        bail!(
            "{hosts} hosts have no room at {replicas} servers: a process may open {files} files \
             here, which leaves it {room} sessions"
        );
    }
    Ok(())
}

/// So many servers in all, with this one as the first.
fn beside(
    server: &Server,
    programs: &Programs,
    folder: &Path,
    makers: &Path,
    replicas: u32,
) -> Result<Vec<Server>> {
    let others = (1..replicas)
        .map(|number| server.replica(programs, &folder.join(format!("replica-{number}")), makers));
    others.collect()
}

/// Where agents find them.
fn agents_of<'a>(server: &'a Server, others: &'a [Server]) -> Vec<&'a str> {
    std::iter::once(server).chain(others).map(|server| &*server.agents).collect()
}
