//! All light hosts of a folder, in one process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};
use trustboard_agent::enroll::{self, EnrollError, RequestError};
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::session::{self, Timing};
use trustboard_agent::state::Enrolment;
use trustboard_agent::worker::Worker;
use trustboard_model::protocol::EnrolmentToken;
use trustboard_soft_tpm::Primes;

use super::boots::Boots;
use super::enrolled::{Credential, Enrolled};
use super::host::{Common, LightHost};
use super::maker::Maker;
use super::order::Order;
use super::part::Part;
use super::plan::Plan;
use super::tally::{Report, Tally};
use crate::error::{Error, io};
use crate::firmware::Keys;
use crate::report::report as tell;
use crate::sysroot::write_whole;

/// Hosts that enrol at a time: an operator's script goes from rack to rack.
const ENROL_AT_ONCE: usize = 64;

/// How often an enrolment is tried again whose connection broke.
const ENROL_ATTEMPTS: u32 = 5;

/// How long is waited after a server said that it cannot enrol anybody now.
const UNAVAILABLE: Duration = Duration::from_secs(5);

/// The folder of light hosts below a fleet's.
fn folder(dir: &Path) -> PathBuf {
    dir.join("light")
}

/// How light hosts reach their server.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// The addresses for agents: of one server, or of several on one database. Each host goes to
    /// one of them, and to another when that does not answer.
    pub servers: Vec<ServerAddress>,
    /// An enrolment token for each `datacenter/cluster`.
    pub tokens: BTreeMap<String, EnrolmentToken>,
    /// Agents that are started in a second.
    pub starts_per_s: u32,
}

/// Hosts of a folder: all, or those of a part.
#[derive(Debug)]
pub struct Crew {
    dir: PathBuf,
    plan: Plan,
    part: Part,
    common: Arc<Common>,
    enrolled: Arc<Mutex<Enrolled>>,
}

/// What a host's task is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Boot: as the plan says, or as it was delivered.
    Boot { played: bool },
    /// Lose the connection, and come back after this time, or after that of a boot.
    Drop { after: Option<Duration> },
}

/// A host's task, as the crew knows it.
struct Known {
    number: u32,
    light: LightHost,
    orders: mpsc::UnboundedSender<Told>,
}

impl Crew {
    /// Makes what the hosts of `plan` need in `dir`, and puts the maker's certificates into
    /// `dir`/makers. What is there stays; another plan than the one there is refused.
    pub fn prepare(dir: &Path, plan: &Plan) -> Result<(), Error> {
        plan.check()?;
        let own = folder(dir);
        std::fs::create_dir_all(&own).map_err(io(&own))?;
        let file = own.join("plan.json");
        if file.exists() {
            if Self::plan(dir)? != *plan {
                let dir = dir.display();
                return Err(Error::Refused(format!(
                    "{dir} holds another fleet; name a new folder"
                )));
            }
        } else {
            let mut seed = [0; 32];
            SystemRandom::new().fill(&mut seed).expect("the machine has randomness");
            write_whole(&own.join("seed"), &seed)?;
            let json = serde_json::to_string_pretty(plan).expect("a plan has a JSON form");
            write_whole(&file, json.as_bytes())?;
        }
        let primes = own.join("primes");
        if !primes.exists() {
            let hosts = plan.inhabitants().iter().filter(|host| host.rsa).count();
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            write_whole(&primes, &Primes::generate(2 * hosts, threads).to_bytes())?;
        }
        // Made here, so that processes that begin at the same time find them.
        Keys::load_or_make(&dir.join("firmware"))?;
        Maker::load_or_make(&own)?.publish(&dir.join("makers"))
    }

    /// The plan of the fleet in `dir`.
    pub fn plan(dir: &Path) -> Result<Plan, Error> {
        let file = folder(dir).join("plan.json");
        let text = std::fs::read(&file).map_err(io(&file))?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Refused(format!("{}: {error}", file.display())))
    }

    /// The hosts of this part that were prepared in `dir`.
    pub fn open(dir: &Path, part: Part) -> Result<Self, Error> {
        let own = folder(dir);
        let plan = Self::plan(dir)?;
        let read = |file: &str| {
            let path = own.join(file);
            std::fs::read(&path).map_err(io(&path))
        };
        let damaged = |file: &str| Error::Refused(format!("{}/{file} is damaged", own.display()));
        let seed = read("seed")?.try_into().map_err(|_| damaged("seed"))?;
        let primes = Primes::from_bytes(&read("primes")?).ok_or_else(|| damaged("primes"))?;
        let enrolled = Enrolled::load(&own, part)?;
        let common = Common {
            maker: Maker::load_or_make(&own)?,
            primes,
            boots: Boots::new(Keys::load_or_make(&dir.join("firmware"))?),
            tally: Tally::default(),
            seed,
            powered: (Instant::now(), enrolled.clock),
            new_logs: AtomicBool::new(false),
        };
        let (common, enrolled) = (Arc::new(common), Arc::new(Mutex::new(enrolled)));
        Ok(Self { dir: own, plan, part, common, enrolled })
    }

    /// Enrols who is not enrolled, and keeps every host's session until `stop` becomes true.
    /// Gives a report every second.
    pub async fn run(
        self,
        deployment: Deployment,
        mut orders: mpsc::Receiver<Order>,
        stop: watch::Receiver<bool>,
        mut each_second: impl FnMut(&Report),
    ) -> Result<(), Error> {
        self.know_server(&deployment)?;
        let (mut members, mut tasks) = (Vec::new(), JoinSet::new());
        let permits = Arc::new(Semaphore::new(ENROL_AT_ONCE));
        let deployment = Arc::new(deployment);
        let (mut rank, own) = (0.., self.part.hosts(self.plan.hosts));
        for host in self.plan.inhabitants() {
            let number = host.number;
            // Counted over all parts, so that no two hosts have the same key.
            let rsa = if host.rsa { rank.next() } else { None };
            if !own.contains(&number) {
                continue;
            }
            let (boots, played, known) = {
                let enrolled = self.enrolled();
                let boots = enrolled.boots.get(&number).copied().unwrap_or(0);
                (boots, enrolled.played, enrolled.enrolment(number, &deployment.servers))
            };
            let place = host.place();
            let light = LightHost::new(Arc::clone(&self.common), host, rsa, played, boots);
            let (orders_of_it, told) = mpsc::unbounded_channel();
            members.push(Known { number, light: light.clone(), orders: orders_of_it });
            let member = Member {
                number,
                place,
                light: light.clone(),
                common: Arc::clone(&self.common),
                enrolled: Arc::clone(&self.enrolled),
                deployment: Arc::clone(&deployment),
                permits: Arc::clone(&permits),
            };
            let wait =
                Duration::from_secs(1) * (number - own.start) / deployment.starts_per_s.max(1);
            tasks.spawn(member.live(known, wait, told, stop.clone()));
        }
        let mut tick = interval(Duration::from_secs(1));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut late, mut listening) = (Duration::ZERO, true);
        let mut saved = self.enrolled().hosts.len();
        loop {
            let probe = Instant::now();
            tokio::select! {
                _ = tick.tick() => {
                    let now = self.enrolled().hosts.len();
                    if now > saved {
                        saved = now;
                        self.save(&members)?;
                    }
                    each_second(&self.common.tally.report(own.end - own.start, late));
                    late = Duration::ZERO;
                }
                () = sleep(LATENESS) => {
                    late = late.max(probe.elapsed().saturating_sub(LATENESS + TIMER));
                }
                order = orders.recv(), if listening => match order {
                    Some(order) => self.carry_out(order, &members)?,
                    None => listening = false,
                },
                failed = tasks.join_next() => match failed {
                    Some(Ok(Err(error))) => return Err(error),
                    Some(Err(error)) => return Err(Error::Refused(error.to_string())),
                    Some(Ok(Ok(()))) => {}
                    None => break,
                },
            }
        }
        self.save(&members)
    }

    fn enrolled(&self) -> MutexGuard<'_, Enrolled> {
        lock(&self.enrolled)
    }

    /// Refuses to talk to another server than the one that the hosts are enrolled with.
    fn know_server(&self, deployment: &Deployment) -> Result<(), Error> {
        let mut enrolled = self.enrolled();
        if let Some(token) = deployment.tokens.values().next() {
            if enrolled.server.is_some_and(|known| known != token.server) {
                let problem = "the hosts in this folder are enrolled with another server";
                return Err(Error::Refused(problem.to_owned()));
            }
            enrolled.server = Some(token.server);
        }
        Ok(())
    }

    fn carry_out(&self, order: Order, members: &[Known]) -> Result<(), Error> {
        let own = self.part.hosts(self.plan.hosts);
        let mut hosts = self.plan.inhabitants();
        hosts.retain(|host| own.contains(&host.number));
        let mut enrolled = self.enrolled();
        let share = |percent: u32| {
            let spread = move |number: &u32| number.wrapping_mul(71) % 100 < percent;
            self.part.hosts(self.plan.hosts).filter(spread).collect::<Vec<_>>()
        };
        let (told, chosen): (Told, Vec<u32>) = match order {
            Order::Play | Order::Mend => {
                let played = order == Order::Play;
                enrolled.played = played;
                let changes = hosts.iter().filter(|host| {
                    host.behaviour != super::Behaviour::Healthy && !host.behaviour.from_delivery()
                });
                (Told::Boot { played }, changes.map(|host| host.number).collect())
            }
            Order::Reboot(percent) => (Told::Boot { played: enrolled.played }, share(percent)),
            Order::Drop(percent) => (Told::Drop { after: None }, share(percent)),
            Order::Away { percent, seconds } => {
                (Told::Drop { after: Some(Duration::from_secs(seconds.into())) }, share(percent))
            }
            Order::NewLogs(on) => {
                self.common.new_logs.store(on, Ordering::Relaxed);
                drop(enrolled);
                tell(&format!("{order:?}"));
                return self.save(members);
            }
        };
        tell(&format!("{order:?}: {} hosts", chosen.len()));
        for number in chosen {
            if matches!(told, Told::Boot { .. }) {
                *enrolled.boots.entry(number).or_default() += 1;
            }
            if let Some(member) = members.get((number - own.start) as usize) {
                // An error says that the host's task has ended, which ends everything anyway.
                let _ = member.orders.send(told);
            }
        }
        drop(enrolled);
        self.save(members)
    }

    fn save(&self, members: &[Known]) -> Result<(), Error> {
        let mut enrolled = self.enrolled();
        for Known { number, light, .. } in members {
            let boots = light.boots();
            if boots > enrolled.boots.get(number).copied().unwrap_or(0) {
                enrolled.boots.insert(*number, boots);
            }
        }
        drop(enrolled);
        save(&self.enrolled, &self.common, &self.dir, self.part)
    }
}

fn lock(enrolled: &Mutex<Enrolled>) -> MutexGuard<'_, Enrolled> {
    enrolled.lock().unwrap_or_else(PoisonError::into_inner)
}

fn save(enrolled: &Mutex<Enrolled>, common: &Common, dir: &Path, part: Part) -> Result<(), Error> {
    let mut enrolled = lock(enrolled);
    // The clocks of the next process must not fall behind those of this one, however it ends.
    enrolled.clock = common.clock() + 60_000;
    enrolled.save(dir, part)
}

/// How often it is looked how late tasks run, and how late a timer is by itself.
const LATENESS: Duration = Duration::from_millis(20);
const TIMER: Duration = Duration::from_millis(2);

/// One host's task.
struct Member {
    number: u32,
    place: String,
    light: LightHost,
    common: Arc<Common>,
    enrolled: Arc<Mutex<Enrolled>>,
    deployment: Arc<Deployment>,
    permits: Arc<Semaphore>,
}

impl Member {
    async fn live(
        self,
        known: Option<Enrolment>,
        wait: Duration,
        mut told: mpsc::UnboundedReceiver<Told>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), Error> {
        let pausing = self.light.clone();
        let worker = Worker::start_task(self.light.clone(), move || {
            let light = pausing.clone();
            async move { light.pause().await }
        });
        let begin = async {
            match known {
                Some(known) => {
                    self.common.tally.enrolled.fetch_add(1, Ordering::Relaxed);
                    sleep(wait).await;
                    Ok(known)
                }
                None => self.enrol(&worker).await,
            }
        };
        let enrolment = tokio::select! {
            enrolment = begin => enrolment?,
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        };
        loop {
            let session = session::run(
                || enrolment.clone(),
                &worker,
                Timing::default(),
                jitter,
                stop.clone(),
            );
            let told = tokio::select! {
                ended = session => {
                    return ended.map_err(|error| Error::Refused(error.to_string()));
                }
                // The session is dropped, and its connection breaks.
                told = told.recv() => told,
            };
            match told {
                Some(Told::Boot { played }) => {
                    self.light.boot(played);
                    sleep(BOOT.mul_f64(0.5 + jitter())).await;
                }
                Some(Told::Drop { after }) => {
                    sleep(after.unwrap_or_else(|| BOOT.mul_f64(jitter()))).await;
                }
                None => return Ok(()),
            }
        }
    }

    async fn enrol(&self, worker: &Worker<LightHost>) -> Result<Enrolment, Error> {
        let place = &self.place;
        let token = self.deployment.tokens.get(place);
        let token =
            token.ok_or_else(|| Error::Refused(format!("there is no token for {place}")))?;
        let mut servers = self.deployment.servers.clone();
        // Each begins with another one: they share that work too.
        let first = self.number as usize % servers.len().max(1);
        servers.rotate_left(first);
        let mut attempt = 0;
        loop {
            let permit = self.permits.acquire().await;
            let asked = enroll::ask(&servers, token, worker).await;
            let wait = match asked {
                Ok(enrolled) => {
                    let credential = Credential::from(&enrolled.enrolment);
                    lock(&self.enrolled).hosts.insert(self.number, credential);
                    self.common.tally.enrolled.fetch_add(1, Ordering::Relaxed);
                    return Ok(enrolled.enrolment);
                }
                Err(EnrollError::Request(RequestError::Refused {
                    retry_s: Some(seconds), ..
                })) => {
                    self.common.tally.postponed.fetch_add(1, Ordering::Relaxed);
                    Duration::from_secs(seconds).mul_f64(1.0 + jitter())
                }
                Err(EnrollError::Request(
                    RequestError::Connect(_) | RequestError::Broken { .. },
                )) if attempt < ENROL_ATTEMPTS => {
                    attempt += 1;
                    Duration::from_secs(1).mul_f64(1.0 + jitter())
                }
                // It cannot do that now: an operator's script comes again as well.
                Err(EnrollError::Request(RequestError::Refused { status, .. }))
                    if status.as_u16() == 503 && attempt < ENROL_ATTEMPTS =>
                {
                    attempt += 1;
                    UNAVAILABLE.mul_f64(1.0 + jitter())
                }
                Err(error) => {
                    let name = &self.light;
                    return Err(Error::Refused(format!("{name:?} is not enrolled: {error}")));
                }
            };
            // Whoever was told to come later keeps their place, as an operator's script does.
            sleep(wait).await;
            drop(permit);
        }
    }
}

/// How long a boot takes here: long enough that the server sees the host go.
const BOOT: Duration = Duration::from_secs(2);

/// A number from 0 to 1.
fn jitter() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness there is no jitter, which changes no result.
    let _filled = SystemRandom::new().fill(&mut bytes);
    f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX)
}
