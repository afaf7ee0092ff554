//! A server with light hosts that go on as they should while others do not, and what every scenario
//! asks of them.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use trustboard_model::role::Role;

use super::arena::{Arena, within};
use super::rogue::Rogues;
use crate::client::Client;
use crate::light::crew::Crew;
use crate::light::make::{self, Size};
use crate::place;
use crate::programs::Programs;
use crate::server::{self, Ports, Server, User};

/// Seconds between two verifications of a host, of few.
pub const OFTEN_S: u32 = 5;

/// The same of many.
pub const SELDOM_S: u32 = 60;

/// No verification may be longer ago than so many intervals: its own, and what a machine that does
/// many things at once puts on top.
const LATE: u32 = 4;

/// How long until all hosts are there: a thousand take some seconds.
const SETTLES: Duration = Duration::from_mins(10);

/// How many rogue hosts may enrol in all.
const ROGUES: u32 = 50_000;

/// The hosts that are as they should be, and nobody else.
const STEADY: &str = "tpm:2.0";

/// A server with light hosts.
pub struct Hosts {
    folder: PathBuf,
    users: Vec<User>,
    // In this order they are dropped: hosts first.
    pub crew: Crew,
    pub server: Server,
    pub count: u32,
    interval_s: u32,
}

impl Hosts {
    /// So many hosts, each verified so often, and all of them once when this returns.
    pub fn new(programs: &Programs, count: u32, interval_s: u32) -> Result<Self> {
        // More than one may be there at a time.
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = place::temporary_folder(&format!("chaos-hosts-{number}"))?;
        let data = server::data_folder(&folder);
        fs::create_dir_all(&data)?;
        let (hosts, size) = (folder.join("hosts"), size(count, interval_s));
        let places = make::prepare(programs, &hosts, &size)?;
        let users = make::set_up(programs, &data, &places, interval_s)?;
        let server = Server::start(programs, &folder, Ports::Free, &hosts.join("makers"))?;
        let tokens = make::tokens_of(programs, &data, &places)?;
        let (file, log) = (folder.join("tokens.json"), folder.join("hosts.log"));
        make::write_secret(&file, &serde_json::to_string(&tokens)?)?;
        let first = places.first().context("no cluster")?;
        let rogues = ["token", "create", "--datacenter", &first.datacenter, "--cluster"];
        let uses = ROGUES.to_string();
        let token = [&rogues[..], &[&first.cluster, "--uses", &uses]].concat();
        make::write_secret(&folder.join("rogues"), &programs.ask(&data, &token)?)?;
        let crew = Crew::start(programs, &hosts, &[&server.agents], &file, &log, 1)?;
        let mut hosts = Self { folder, users, crew, server, count, interval_s };
        hosts.all_verified_within(SETTLES)?;
        Ok(hosts)
    }

    /// Signed in with this role.
    pub fn client(&self, role: Role) -> Result<Client> {
        let user = self.users.iter().find(|user| user.role == role.code()).context("no user")?;
        Client::sign_in(&self.server.browsers, user.name, &user.password)
    }

    /// Rogue hosts beside these.
    pub fn rogues(&self) -> Rogues {
        self.rogues_with(&self.folder.join("rogues"))
    }

    /// Rogue hosts that share a token which is good for so many.
    pub fn rogues_of(&self, uses: u32) -> Result<Rogues> {
        let inventory = self.client(Role::Viewer)?.inventory()?;
        let datacenter = inventory.datacenters.first().context("no datacenter")?;
        let cluster = &datacenter.clusters.first().context("no cluster")?.name;
        let file = self.folder.join(format!("rogues-{uses}"));
        let (name, uses) = (datacenter.name.as_str(), uses.to_string());
        let words =
            ["token", "create", "--datacenter", name, "--cluster", cluster, "--uses", &uses];
        let token = self.server.programs().ask(self.server.data(), &words)?;
        make::write_secret(&file, &token)?;
        Ok(self.rogues_with(&file))
    }

    fn rogues_with(&self, token: &std::path::Path) -> Rogues {
        Rogues::new(self.server.programs(), &self.server.agents, token)
    }

    /// Fails if server or simulator have ended.
    pub fn check(&mut self) -> Result<()> {
        self.server.check()?;
        self.crew.check()
    }

    /// Waits until every host was verified after this moment.
    pub fn all_verified_within(&mut self, limit: Duration) -> Result<()> {
        let (client, begun, count) = (self.client(Role::Viewer)?, Instant::now(), self.count);
        let mut verified = 0;
        within(limit, "all hosts verified", || {
            self.check()?;
            let seconds = begun.elapsed().as_secs();
            verified = client.matching(&format!("{STEADY} last:<{}s", seconds.max(1)))?.total;
            Ok(verified >= count)
        })
        .with_context(|| format!("{verified} of {count}"))
    }

    /// Fails if a host that is as it should be waits for its verification, or is not trusted.
    pub fn keep_their_intervals(&self, client: &Client) -> Result<()> {
        let late = client.matching(&format!("{STEADY} last:>{}s", LATE * self.interval_s))?.total;
        let untrusted = client.matching(&format!("{STEADY} -attestation:passed"))?.total;
        if late > 0 || untrusted > 0 {
            bail!("{late} hosts are not verified in time, {untrusted} are not trusted");
        }
        Ok(())
    }

    /// Looks after them while `work` goes on: they keep their intervals, and an operator is shown
    /// the inventory within `prompt`. Gives what came of the work, and how long the inventory took.
    pub fn meanwhile<T: Send>(
        &mut self,
        prompt: Duration,
        work: impl FnOnce() -> Result<T> + Send,
    ) -> Result<(T, Took)> {
        let client = self.client(Role::Viewer)?;
        thread::scope(|scope| {
            let working = scope.spawn(work);
            let mut took = Took::default();
            let mut looked = Ok(());
            while !working.is_finished() && looked.is_ok() {
                looked = self.look(&client, prompt, &mut took);
                thread::sleep(Duration::from_millis(100));
            }
            let worked = working.join().map_err(|_| anyhow::anyhow!("a thread broke off"))?;
            looked?;
            Ok((worked?, took))
        })
    }

    /// Looks after them, as [`Self::meanwhile`] does, until `done` says so of how many there are.
    pub fn watch(
        &mut self,
        client: &Client,
        prompt: Duration,
        limit: Duration,
        mut done: impl FnMut(&Client, u32) -> Result<bool>,
    ) -> Result<Took> {
        let mut took = Took::default();
        within(limit, "what is waited for", || {
            self.look(client, prompt, &mut took)?;
            done(client, self.count)
        })?;
        Ok(took)
    }

    fn look(&mut self, client: &Client, prompt: Duration, took: &mut Took) -> Result<()> {
        self.check()?;
        let begun = Instant::now();
        client.inventory()?;
        let elapsed = begun.elapsed();
        took.0.push(elapsed);
        if elapsed > prompt {
            bail!("the inventory took {} ms", elapsed.as_millis());
        }
        self.keep_their_intervals(client)
    }

    /// The chain of events is whole; gives how many there are.
    pub fn chain_is_whole(&self) -> Result<u64> {
        let said = self.server.programs().ask(self.server.data(), &["audit", "verify"])?;
        Arena::events_of(&said)
    }

    /// Ends everything, checks the chain once more, and takes the folder away.
    pub fn end(mut self) -> Result<()> {
        self.crew.end();
        self.server.end();
        self.chain_is_whole()?;
        fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

/// So many hosts in one cluster, with keys that are quickly made.
pub fn size(count: u32, interval_s: u32) -> Size {
    Size { datacenters: 1, clusters: 1, rsa: 0, ..Size::healthy(count, interval_s) }
}

/// How long an operator waited, each time.
#[derive(Default)]
pub struct Took(pub Vec<Duration>);

impl Took {
    /// In milliseconds: as long as 99 of 100 took at most, and the longest.
    pub fn words(&mut self) -> String {
        self.0.sort_unstable();
        let at = |share: usize| {
            let last = self.0.len().saturating_sub(1);
            self.0.get(last * share / 100).map_or(0, Duration::as_millis)
        };
        format!("{} looks, p99 {} ms, at most {} ms", self.0.len(), at(99), at(100))
    }
}
