//! `trustboard setup-code`

use clap::Args;

use super::Place;
use super::console::Console;
use crate::command::{self, SETUP_CODE_S};
use crate::serve::Serving;

/// Print a new setup code, with which the first administrator is made in a browser
///
/// A server without any operator prints one when it starts; this prints another, and the one
/// before is good for nothing any more. It is good once, for 24 hours. Once there is an operator,
/// use: trustboard user link
#[derive(Debug, Args)]
pub(super) struct SetupCode;

impl SetupCode {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let console = Console::open(place).await?;
        let code = command::create_setup_code(&console.ctx, &console.actor).await?;
        let serving = Serving::read(&console.config.data_dir);
        let site = console.config.public_url.clone().or(serving.map(|serving| serving.browsers));
        if let Some(site) = site {
            eprintln!("enter it at {site}/setup within {} hours", SETUP_CODE_S / 3600);
        }
        println!("{}", code.reveal());
        console.close().await;
        Ok(())
    }
}
