//! `cargo xtask chaos NAME`: breaks a running server on purpose, and checks what must come of it.
//!
//! One scenario a file; each says what is expected, and fails if anything else happens.

mod arena;
mod floods;
mod full_disk;
mod kill;
mod slow_clients;
mod unread_stream;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::arena::Arena;
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
}

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
    let mut failed = 0;
    for &scenario in Scenario::value_variants() {
        if !wanted.is_empty() && !wanted.contains(&scenario) {
            continue;
        }
        let (name, check): (_, fn(&mut Arena, Extent) -> Result<()>) = match scenario {
            Scenario::FullDisk => ("chaos: full disk", full_disk::check),
            Scenario::SlowClients => ("chaos: slow clients", slow_clients::check),
            Scenario::Floods => ("chaos: floods", floods::check),
            Scenario::UnreadStream => ("chaos: unread stream", unread_stream::check),
            Scenario::Kill => ("chaos: kill", kill::check),
        };
        let done = stages.run(name, || {
            let mut arena = Arena::new(programs)?;
            check(&mut arena, extent)?;
            arena.end()
        });
        if let Err(error) = done {
            eprintln!("{error:#}");
            failed += 1;
        }
    }
    if failed > 0 {
        bail!("{failed} scenarios did not go as they must");
    }
    Ok(())
}
