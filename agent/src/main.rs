//! `trustboard-agent`: reads the command line and hands over to the library.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use clap::Parser as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use trustboard_agent::cli::{Cli, Command, Enroll};
use trustboard_agent::config::Config;
use trustboard_agent::session::{self, Heartbeat};
use trustboard_agent::status::Status;
use trustboard_agent::worker::Worker;
use trustboard_agent::{enroll, state};
use trustboard_model::protocol::EnrolmentToken;

/// Bytes of a token that are read at most; one has 133.
const TOKEN_BYTES: u64 = 4096;

/// What `status` exits with if something is missing or in the way.
const INCOMPLETE: u8 = 2;

fn main() -> ExitCode {
    quieten_tss();
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("trustboard-agent: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The TSS writes its own lines to standard error. What goes wrong is told here once, in better
/// words; whoever wants to see both sets `TSS2_LOG`.
#[expect(unsafe_code, reason = "the variable is the only way to tell the TSS, a C library")]
fn quieten_tss() {
    if std::env::var_os("TSS2_LOG").is_none() {
        // SAFETY: the first thing that the program does; there is no other thread.
        unsafe { std::env::set_var("TSS2_LOG", "all+NONE") };
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let (server, token_file) = match &cli.command {
        Command::Enroll(args) => (args.server.as_deref(), args.token_file.as_deref()),
        Command::Run | Command::Status(_) => (None, None),
    };
    let config = Config::resolve(&cli.common, server, token_file)?;
    start_log(&config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match cli.command {
        Command::Enroll(args) => runtime.block_on(enroll(config, &args))?,
        Command::Run => runtime.block_on(keep_session(config))?,
        Command::Status(args) => return status(config, args.json),
    }
    Ok(ExitCode::SUCCESS)
}

fn start_log(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("log")?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if config.log_json {
        log.json().try_init()
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
    started.map_err(|error| anyhow::anyhow!("cannot start the log: {error}"))
}

async fn enroll(config: Config, args: &Enroll) -> anyhow::Result<()> {
    let server = config.server.context(
        "which server? Give --server https://HOST:PORT, TRUSTBOARD_SERVER or server in the file",
    )?;
    let token = token(args, config.token_file.as_deref())?;
    let worker = Worker::start(config.host.clone())?;
    let enrolled = enroll::enroll(&server, &token, &worker, &config.host.state).await?;
    println!("enrolled with {server} as host {}", enrolled.enrolment.host);
    match (&enrolled.facts.tpm, &enrolled.facts.tpm_problem) {
        (Some(tpm), _) => println!("TPM {}: {} {}", tpm.family, tpm.manufacturer, tpm.model),
        (None, None) => println!("without a TPM: this host has none"),
        (None, Some(problem)) => println!(
            "WITHOUT A TPM, although there seems to be one: {problem}\n\
             Put this right and enrol again, or the host can never be trusted."
        ),
    }
    Ok(())
}

/// The token, from the one place that was named.
fn token(args: &Enroll, file: Option<&Path>) -> anyhow::Result<EnrolmentToken> {
    let mut text = String::new();
    if args.token_stdin {
        std::io::stdin().take(TOKEN_BYTES).read_to_string(&mut text).context("standard input")?;
    } else if let Some(token) = &args.token {
        text.clone_from(token);
    } else if let Some(file) = file {
        std::fs::File::open(file)
            .and_then(|opened| opened.take(TOKEN_BYTES).read_to_string(&mut text))
            .with_context(|| format!("token file {}", file.display()))?;
    } else {
        bail!("no enrolment token: give --token-file FILE, --token-stdin or TRUSTBOARD_TOKEN");
    }
    Ok(text.parse()?)
}

async fn keep_session(config: Config) -> anyhow::Result<()> {
    let enrolment = config.host.state.enrolment()?.with_context(|| {
        let path = config.host.state.path().display();
        format!("not enrolled: there is no enrolment in {path}; run trustboard-agent enroll")
    })?;
    if let Some(server) = config.server.filter(|server| *server != enrolment.server) {
        tracing::warn!("configured for {server} but enrolled with {}", enrolment.server);
    }
    let worker = Worker::start(config.host)?;
    let (stop, stopped) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let random = SystemRandom::new();
    let jitter = move || {
        let mut bytes = [0; 4];
        // Without randomness there is no jitter, which is no reason to stay away.
        let _filled = random.fill(&mut bytes);
        f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX)
    };
    let stopping = async move {
        tokio::select! {
            _ = terminate.recv() => tracing::info!("stopping on SIGTERM"),
            _ = interrupt.recv() => tracing::info!("stopping on SIGINT"),
        }
        stop.send_replace(true);
        // Kept until the session has seen it: a closed channel means the same.
        stop.closed().await;
    };
    let session = session::run(&enrolment, &worker, Heartbeat::default(), jitter, stopped);
    tokio::join!(session, stopping);
    tracing::info!("stopped");
    Ok(())
}

fn status(mut config: Config, json: bool) -> anyhow::Result<ExitCode> {
    let enrolment: Option<state::Enrolment> = config.host.state.enrolment()?;
    let status = Status::collect(&mut config.host, enrolment.as_ref());
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        println!("{status}");
    }
    Ok(if status.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(INCOMPLETE) })
}
