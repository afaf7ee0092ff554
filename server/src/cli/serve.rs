//! `trustboard serve`

use std::io::IsTerminal as _;
use std::str::FromStr as _;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::Directive;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use super::Place;
use crate::config::{LogFormat, Settings};
use crate::error_log::KeepErrors;
use crate::serve::Server;
use crate::traces::{Traces, listeners};

/// Run the server
///
/// Browsers connect to --listen, agents to --agent-listen. Every setting may also stand in the
/// TOML file (--config), with underscores: listen = "127.0.0.1:8080". The log goes to standard
/// error; RUST_LOG selects what is logged (info, trustboard_server=debug). SIGHUP reads the
/// makers' certificates again; SIGTERM and Ctrl-C end the server in order, a second one at once.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let config = place.config(self.settings)?;
        let filter = EnvFilter::try_from_default_env()
            .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,leptos=warn"));
        // Those spans are for traces, and the log does without them.
        let filter = filter.add_directive(Directive::from_str("trustboard_trace=off")?);
        let traces = config.traces.as_ref().map(Traces::start).transpose()?;
        let log = tracing_subscriber::fmt::layer()
            .with_ansi(std::io::stderr().is_terminal())
            // A log that cannot be written (its disk is full) must not end what logs.
            .log_internal_errors(false)
            .with_writer(std::io::stderr);
        let log = match config.log {
            LogFormat::Text => log.boxed(),
            LogFormat::Json => log.json().flatten_event(true).boxed(),
        };
        listeners(log.and_then(KeepErrors).with_filter(filter), traces.as_ref()).init();
        // Before the listeners open: from the first moment on the end is an orderly one.
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let server = Server::open(config).await?;
        server
            .run(async move {
                let mut told = async move || {
                    tokio::select! {
                        _ = terminate.recv() => {}
                        _ = interrupt.recv() => {}
                    }
                };
                told().await;
                tokio::spawn(async move {
                    told().await;
                    tracing::warn!("a second signal: ending at once");
                    // What was acknowledged is on the disk; the rest is done again at the start.
                    std::process::exit(1);
                });
            })
            .await?;
        if let Some(traces) = traces {
            // Waits for a thread that needs this runtime.
            tokio::task::spawn_blocking(move || traces.end()).await?;
        }
        Ok(())
    }
}
