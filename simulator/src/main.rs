//! The simulator's command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use trustboard_simulator::control::{Answer, Listener, Request, ask};
use trustboard_simulator::{Deployment, Fleet, Scenario, demo, light, report, rogue};

/// Plays a fleet of demonstration hosts: real agents on software TPMs whose boot was measured.
///
/// Ten hosts in two datacenters; three are healthy, every other one plays what its row in the
/// browser says. Needs swtpm and swtpm-tools.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Example, with a server that trusts the certificates in demo/hosts/makers:
  trustboard-simulator prepare
  trustboard-simulator run --agent target/debug/trustboard-agent \\
      --server https://127.0.0.1:8443 --tokens tokens.json
  trustboard-simulator break db-prod-01 secure-boot-off
  trustboard-simulator fix db-prod-01"
)]
struct Cli {
    /// Where the hosts are kept
    #[arg(long, global = true, value_name = "DIR", default_value = "./demo/hosts")]
    dir: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make keys, software TPMs and file systems of the hosts
    ///
    /// What is there already stays. The certificates that a server must trust are put into
    /// DIR/makers.
    Prepare,
    /// Switch the hosts on and keep them running until SIGINT or SIGTERM
    ///
    /// Enrols the hosts that are not enrolled yet. Prints one line for each host when it is ready.
    Run {
        /// The trustboard-agent program
        #[arg(long, value_name = "FILE")]
        agent: PathBuf,
        /// The server's address for agents
        #[arg(long, value_name = "https://HOST:PORT")]
        server: String,
        /// JSON object with an enrolment token for each "datacenter/cluster"
        #[arg(long, value_name = "FILE")]
        tokens: PathBuf,
    },
    /// Break a running host
    ///
    /// Scenarios: secure-boot-off, boot-loader-changed, sha256-bank-inactive, ek-replaced,
    /// old-nonce, no-tpm; tpm-added-later for a host that was enrolled without a TPM.
    Break {
        /// The host's name
        host: String,
        /// What to play
        scenario: Scenario,
    },
    /// Do on a running host what the server's remedy says, and reboot it if that takes a reboot
    Fix {
        /// The host's name
        host: String,
    },
    /// Switch a running host off and on
    Reboot {
        /// The host's name
        host: String,
    },
    /// End the agent of a running host
    StopAgent {
        /// The host's name
        host: String,
    },
    /// Start the agent of a running host
    StartAgent {
        /// The host's name
        host: String,
    },
    /// Show every running host
    List,
    /// Print what the server must say about each host, as JSON
    Expect,
    /// Many thousand hosts in one process, with TPMs that are in the process too
    #[command(subcommand)]
    Light(light::cli::Command),
    /// Hosts that break the protocol, to see what a server does about it
    #[command(subcommand)]
    Rogue(rogue::cli::Command),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Agents that are programs of their own need one thread here; light hosts compute.
    let mut runtime = match cli.command {
        Command::Light(_) | Command::Rogue(_) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    let done = runtime.enable_all().build().map_err(anyhow::Error::from);
    match done.and_then(|runtime| runtime.block_on(carry_out(cli))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(cli: Cli) -> anyhow::Result<()> {
    let dir = &cli.dir;
    let request = match cli.command {
        Command::Prepare => {
            Fleet::prepare(dir, &demo()).await?;
            println!("{} hosts in {}", demo().len(), dir.display());
            return Ok(());
        }
        Command::Run { agent, server, tokens } => return run(dir, &agent, server, &tokens).await,
        Command::Expect => {
            println!("{}", serde_json::to_string_pretty(&Fleet::expected(dir, &demo())?)?);
            return Ok(());
        }
        Command::Light(command) => return light::cli::carry_out(dir, command).await,
        Command::Rogue(command) => return rogue::cli::carry_out(command).await,
        Command::Break { host, scenario } => Request::Break { host, scenario },
        Command::Fix { host } => Request::Fix { host },
        Command::Reboot { host } => Request::Reboot { host },
        Command::StopAgent { host } => Request::StopAgent { host },
        Command::StartAgent { host } => Request::StartAgent { host },
        Command::List => Request::List,
    };
    match ask(dir, &request).await? {
        Answer::Done(text) => println!("{text}"),
        Answer::Failed(text) => bail!(text),
    }
    Ok(())
}

async fn run(dir: &Path, agent: &Path, server: String, tokens: &Path) -> anyhow::Result<()> {
    // Before anything is started, so that no signal is missed.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let text = std::fs::read_to_string(tokens).with_context(|| tokens.display().to_string())?;
    let tokens: BTreeMap<String, String> = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a map of tokens", tokens.display()))?;
    let program = agent.canonicalize().with_context(|| agent.display().to_string())?;

    Fleet::prepare(dir, &demo()).await?;
    let listener = Listener::open(dir).await?;
    let fleet = Fleet::start(dir, &demo(), Deployment { program, server, tokens }).await?;
    let orders = fleet.orders();
    tokio::select! {
        () = listener.serve(&orders) => {}
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    report("switching the hosts off");
    fleet.stop().await;
    Ok(())
}
