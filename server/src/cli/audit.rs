//! `trustboard audit`

use anyhow::bail;
use clap::Subcommand;

use super::Place;
use super::console::Console;
use crate::query::{self, ChainState};

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Check that no event was changed, removed or put in between
    ///
    /// Prints the number of events and the hash of the last one. Kept elsewhere, that hash proves
    /// later that nothing before it was rewritten. Exits with 1 if the chain is broken.
    Verify,
}

impl Audit {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self::Verify = self;
        let console = Console::open(place).await?;
        let state = query::verify_chain(&console.ctx).await?;
        console.close().await;
        match state {
            ChainState::Whole { events, head } => {
                println!("whole: {events} events, head {head}");
                Ok(())
            }
            ChainState::Broken { seq, problem } => {
                bail!("the chain is broken at event {}: {problem}", seq.0)
            }
        }
    }
}
