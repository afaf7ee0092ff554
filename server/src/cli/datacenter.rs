//! `trustboard datacenter`

use clap::Subcommand;

use super::Place;
use super::console::{Console, find_datacenter};
use crate::command;

#[derive(Debug, Subcommand)]
pub(super) enum Datacenter {
    /// Add a datacenter
    ///
    /// Example: trustboard datacenter add Berlin
    Add {
        /// Its name, unique among datacenters
        name: String,
        /// Succeed if there is one of this name already
        #[arg(long)]
        if_missing: bool,
    },
}

impl Datacenter {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self::Add { name, if_missing } = self;
        let console = Console::open(place).await?;
        let there = find_datacenter(console.inventory().await?, &name).is_some();
        if there && if_missing {
            println!("datacenter '{name}' is there already");
        } else {
            command::create_datacenter(&console.ctx, &console.actor, &name).await?;
            println!("added datacenter '{name}'");
        }
        console.close().await;
        Ok(())
    }
}
