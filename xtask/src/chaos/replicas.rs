//! Two servers on one PostgreSQL, behind a load balancer for agents; the second one reaches the
//! database through a proxy that can be cut.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use trustboard_model::role::Role;

use super::arena::{Arena, within};
use super::hosts::{OFTEN_S, size};
use super::proxy::{Proxy, Target};
use crate::client::Client;
use crate::light::crew::Crew;
use crate::light::make;
use crate::place;
use crate::postgres::{Cluster, Commits};
use crate::programs::Programs;
use crate::server::{self, Ports, Server, User};

/// How long until all hosts are there.
const SETTLES: Duration = Duration::from_mins(3);

/// How often the load balancer asks whether a server is ready.
const CHECKED: Duration = Duration::from_millis(500);

/// One of so many is ill.
const ILL: u32 = 8;

/// Two servers with light hosts.
pub struct Replicas {
    folder: PathBuf,
    users: Vec<User>,
    // In this order they are dropped: hosts first, the database last.
    pub crew: Crew,
    stop: Arc<AtomicBool>,
    pub servers: [Server; 2],
    /// Between the second server and the database.
    pub cable: Proxy,
    pub database: Cluster,
    pub count: u32,
    /// How many boot without Secure Boot when they play.
    pub ill: u32,
}

impl Replicas {
    /// So many hosts, all verified, some of which will boot without Secure Boot when they play.
    pub fn new(programs: &Programs, count: u32) -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = place::temporary_folder(&format!("chaos-replicas-{number}"))?;
        let database = Cluster::start(Commits::Durable)?;
        let cable = Proxy::new(vec![Target::Unix(database.socket())])?;
        let with = |database| Programs { database: Some(database), ..programs.clone() };
        let direct = with(database.url());
        let through = with(format!("postgres://trustboard@{}/postgres", cable.address));
        let (first, second) = (folder.join("first"), folder.join("second"));
        let data = [&first, &second].map(|folder| server::data_folder(folder));
        for data in &data {
            fs::create_dir_all(data)?;
        }
        let ill = count / ILL;
        let mut size = size(count, OFTEN_S);
        size.healthy = false;
        size.group = vec![format!("secure-boot-off={ill}")];
        let hosts = folder.join("hosts");
        let places = make::prepare(programs, &hosts, &size)?;
        let makers = hosts.join("makers");
        let users = make::set_up(&direct, &data[0], &places, OFTEN_S)?;
        let one = Server::start(&direct, &first, Ports::Free, &makers)?;
        // Agents trust both by one certificate.
        fs::copy(data[0].join("agent-tls.pem"), data[1].join("agent-tls.pem"))?;
        let two = Server::start(&through, &second, Ports::Free, &makers)?;
        let tokens = make::tokens_of(&direct, &data[0], &places)?;
        let (file, log) = (folder.join("tokens.json"), folder.join("hosts.log"));
        make::write_secret(&file, &serde_json::to_string(&tokens)?)?;
        let balancer = Proxy::new(vec![agents(&one)?, agents(&two)?])?;
        let address = format!("https://{}", balancer.address);
        let stop = Arc::new(AtomicBool::new(false));
        balance(balancer, [&one, &two], &stop)?;
        let crew = Crew::start(programs, &hosts, &[&address], &file, &log, 1)?;
        let servers = [one, two];
        let mut replicas = Self { folder, users, crew, stop, servers, cable, database, count, ill };
        replicas.all_verified_within(0, SETTLES)?;
        Ok(replicas)
    }

    /// Signed in at one of the servers.
    pub fn client(&self, server: usize, role: Role) -> Result<Client> {
        let user = self.users.iter().find(|user| user.role == role.code()).context("no user")?;
        let server = self.servers.get(server).context("no such server")?;
        Client::sign_in(&server.browsers, user.name, &user.password)
    }

    /// How many sessions this client's server has.
    pub fn sessions(client: &Client) -> Result<f64> {
        Arena::metric(client, "trustboard_sessions")?.context("no trustboard_sessions")
    }

    /// Has all agents come back at once, in the place of after up to half a minute.
    pub fn hurry(&mut self) -> Result<()> {
        self.crew.order("away 100 0")
    }

    /// Waits until every host was verified after this moment, as this server shows it; gives how
    /// long that took.
    pub fn all_verified_within(&mut self, server: usize, limit: Duration) -> Result<Duration> {
        let (begun, count) = (Instant::now(), self.count);
        let mut seen = (None, 0);
        within(limit, "all hosts verified", || {
            self.crew.check()?;
            // Anything may be away for a while.
            let (client, verified) = &mut seen;
            if client.is_none() {
                *client = self.client(server, Role::Viewer).ok();
            }
            let query = format!("tpm:2.0 last:<{}s", begun.elapsed().as_secs().max(1));
            let page = client.as_ref().and_then(|client| client.matching(&query).ok());
            *verified = page.map_or(*verified, |page| page.total);
            Ok(*verified >= count)
        })
        .with_context(|| format!("{} of {count}", seen.1))?;
        Ok(begun.elapsed())
    }

    /// Fails unless the chain of events is whole; gives how many there are.
    pub fn chain_is_whole(&self) -> Result<u64> {
        let [first, _] = &self.servers;
        Arena::events_of(&first.programs().ask(first.data(), &["audit", "verify"])?)
    }

    /// Fails unless so many alarms are red, and were raised once each.
    pub fn alarms_are(&self, server: usize, expected: u32) -> Result<()> {
        let client = self.client(server, Role::Viewer)?;
        let red = client.matching("alarm:red")?.total;
        if red != expected {
            bail!("{red} alarms are red, not {expected}");
        }
        Ok(())
    }

    /// Ends everything, checks the chain once more, and takes the folder away.
    pub fn end(mut self) -> Result<()> {
        self.crew.end();
        self.chain_is_whole()?;
        self.servers.iter_mut().for_each(Server::end);
        fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

impl Drop for Replicas {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Where agents reach a server.
fn agents(server: &Server) -> Result<Target> {
    let address = server.agents.rsplit('/').next().context("no address")?;
    Ok(Target::Tcp(address.parse()?))
}

/// Leads agents to those servers that say that they are ready; to all, if none does.
fn balance(balancer: Proxy, servers: [&Server; 2], stop: &Arc<AtomicBool>) -> Result<()> {
    let known = servers.map(|server| Ok((server.browsers.clone(), agents(server)?)));
    let known: Vec<(String, Target)> = known.into_iter().collect::<Result<_>>()?;
    let stop = Arc::clone(stop);
    thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            let ready = known.iter().filter(|(browsers, _)| Client::new(browsers).is_ready());
            let ready: Vec<Target> = ready.map(|(_, target)| target.clone()).collect();
            if !ready.is_empty() {
                balancer.lead_to(ready);
            }
            thread::sleep(CHECKED);
        }
    });
    Ok(())
}
