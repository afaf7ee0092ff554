//! `cargo xtask chaos NAME`: breaks a running server on purpose, and checks what must come of it.
//!
//! One scenario a file; each says what is expected, and fails if anything else happens.

mod arena;
mod bad_sessions;
mod browsers;
mod database_away;
mod enrolments;
mod floods;
mod full_disk;
mod gigabyte;
mod hosts;
mod kill;
mod kill_any;
mod partition;
mod proxy;
mod replicas;
mod returns;
mod rogue;
mod slow_clients;
mod unread_stream;

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::arena::Arena;
use self::hosts::{Hosts, OFTEN_S, SELDOM_S};
use self::replicas::Replicas;
use crate::light;
use crate::programs::Programs;
use crate::stage::Stages;

/// What is broken.
#[derive(Args)]
pub struct Options {
    /// Only these; all of them without.
    #[arg(value_name = "NAME")]
    scenarios: Vec<Scenario>,
    /// Fewer and for a shorter time, as CI does.
    #[arg(long)]
    short: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// The disk takes no writes for a while.
    FullDisk,
    /// Connections that say nothing, or a byte at a time, on every port.
    SlowClients,
    /// Sign-ins, enrolments and malformed requests, as fast as they go.
    Floods,
    /// Browsers that never read their live stream, many on one datacenter.
    UnreadStream,
    /// `kill -9` while an operator acts, again and again.
    Kill,
    /// Hosts that vanish without a word, and hosts that send what is no message.
    BadSessions,
    /// Hosts that send a gigabyte.
    Gigabyte,
    /// All hosts come back in the same instant, and after a restart of the server.
    Returns,
    /// Enrolments as fast as they go, good ones and others.
    Enrolments,
    /// Browsers that all look at one datacenter.
    Browsers,
    /// PostgreSQL is stopped for a minute.
    DatabaseAway,
    /// One of two servers is cut off from the database, but not from its hosts.
    Partition,
    /// `kill -9` of either of two servers, or of PostgreSQL, under load.
    KillAny,
}

/// What a scenario needs.
enum Check {
    /// A server and an operator.
    Server(fn(&mut Arena, Extent) -> Result<()>),
    /// A server with light hosts.
    Hosts(fn(&mut Hosts, Extent) -> Result<()>),
    /// The same with many of them.
    Crowd(fn(&mut Hosts, Extent) -> Result<()>),
    /// Two servers on one PostgreSQL, with light hosts.
    Replicas(fn(&mut Replicas, Extent) -> Result<()>),
}

impl Scenario {
    fn check(self) -> (&'static str, Check) {
        match self {
            Self::FullDisk => ("full disk", Check::Server(full_disk::check)),
            Self::SlowClients => ("slow clients", Check::Server(slow_clients::check)),
            Self::Floods => ("floods", Check::Server(floods::check)),
            Self::UnreadStream => ("unread stream", Check::Server(unread_stream::check)),
            Self::Kill => ("kill", Check::Server(kill::check)),
            Self::BadSessions => ("bad sessions", Check::Hosts(bad_sessions::check)),
            Self::Gigabyte => ("gigabyte", Check::Hosts(gigabyte::check)),
            Self::Returns => ("returns", Check::Crowd(returns::check)),
            Self::Enrolments => ("enrolments", Check::Hosts(enrolments::check)),
            Self::Browsers => ("browsers", Check::Hosts(browsers::check)),
            Self::DatabaseAway => ("database away", Check::Replicas(database_away::check)),
            Self::Partition => ("partition", Check::Replicas(partition::check)),
            Self::KillAny => ("kill any", Check::Replicas(kill_any::check)),
        }
    }

    /// Those of one lane come one after the other; the short form runs the lanes beside each other,
    /// because most of the time of most of them is waiting.
    fn lane(self) -> usize {
        match (self, self.check().1) {
            (_, Check::Server(_)) => 0,
            // It waits for nearly a minute, whatever the extent.
            (Self::BadSessions, _) => 1,
            (_, Check::Hosts(_) | Check::Crowd(_)) => 2,
            (_, Check::Replicas(_)) => 3,
        }
    }
}

/// How many lanes there are.
const LANES: usize = 4;

/// How much of it.
#[derive(Debug, Clone, Copy)]
struct Extent {
    short: bool,
}

impl Extent {
    /// So much, or the other if it is the short form.
    fn of<T>(self, long: T, short: T) -> T {
        if self.short { short } else { long }
    }
}

/// `cargo xtask chaos`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    every(stages, &light::built()?, &options.scenarios, Extent { short: options.short })
}

/// The short form of everything.
pub fn shortly(stages: &mut Stages, programs: &Programs) -> Result<()> {
    every(stages, programs, &[], Extent { short: true })
}

fn every(
    stages: &mut Stages,
    programs: &Programs,
    wanted: &[Scenario],
    extent: Extent,
) -> Result<()> {
    let is_wanted = |scenario: &Scenario| wanted.is_empty() || wanted.contains(scenario);
    let lanes: [Vec<Scenario>; LANES] = std::array::from_fn(|lane| {
        let all = Scenario::value_variants().iter().copied();
        all.filter(|one| one.lane() == lane).filter(is_wanted).collect()
    });
    let done: Vec<Stages> = if extent.short {
        thread::scope(|scope| {
            let running =
                lanes.map(|lane| scope.spawn(move || one_by_one(programs, &lane, extent)));
            // A scenario that panics must be seen as well.
            running.map(|lane| lane.join().expect("a scenario panicked")).into()
        })
    } else {
        lanes.iter().map(|lane| one_by_one(programs, lane, extent)).collect()
    };
    let failed: usize = done.iter().map(|lane| lane.counts().1).sum();
    for lane in done {
        stages.append(lane);
    }
    if failed > 0 {
        bail!("{failed} scenarios did not go as they must");
    }
    Ok(())
}

/// The scenarios of a lane. Those with light hosts share them, unless one of them fails.
fn one_by_one(programs: &Programs, scenarios: &[Scenario], extent: Extent) -> Stages {
    let (mut stages, mut shared, mut replicas) = (Stages::default(), None, None);
    for scenario in scenarios {
        let (name, check) = scenario.check();
        let done = stages.run(&format!("chaos: {name}"), || match check {
            Check::Server(check) => {
                let mut arena = Arena::new(programs)?;
                check(&mut arena, extent)?;
                arena.end()
            }
            Check::Crowd(check) if !extent.short => {
                let mut hosts = Hosts::new(programs, 10_000, SELDOM_S)?;
                check(&mut hosts, extent)?;
                hosts.end()
            }
            Check::Hosts(check) | Check::Crowd(check) => {
                let mut hosts = match shared.take() {
                    Some(hosts) => hosts,
                    None => Hosts::new(programs, extent.of(2_000, 60), OFTEN_S)?,
                };
                check(&mut hosts, extent)?;
                hosts.chain_is_whole()?;
                shared = Some(hosts);
                Ok(())
            }
            Check::Replicas(check) => {
                let mut both = match replicas.take() {
                    Some(both) => both,
                    None => Replicas::new(programs, extent.of(300, 40))?,
                };
                check(&mut both, extent)?;
                both.chain_is_whole()?;
                replicas = Some(both);
                Ok(())
            }
        });
        if let Err(error) = done {
            eprintln!("{error:#}");
        }
    }
    for ended in [shared.map(Hosts::end), replicas.map(Replicas::end)].into_iter().flatten() {
        if let Err(error) = ended {
            stages.record("chaos: the end", Duration::ZERO, false);
            eprintln!("{error:#}");
        }
    }
    stages
}
