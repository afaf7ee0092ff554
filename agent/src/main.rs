//! `trustboard-agent`: reads the command line and hands over to the library.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Parser as _;
use tracing_subscriber::EnvFilter;
use trustboard_agent::cli::{Cli, Command, Enroll};
use trustboard_agent::config::Config;
use trustboard_agent::status::Status;
use trustboard_agent::worker::{PATIENCE, Worker};
use trustboard_agent::{enroll, run};

/// What `status` exits with if something is missing or in the way.
const INCOMPLETE: u8 = 2;

fn main() -> ExitCode {
    quieten_tss();
    match perform(Cli::parse()) {
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

fn perform(cli: Cli) -> anyhow::Result<ExitCode> {
    let (servers, token_file) = match &cli.command {
        Command::Enroll(options) => (&options.server[..], options.token_file.as_deref()),
        Command::Run | Command::Status(_) => (&[][..], None),
    };
    let config = Config::resolve(&cli.common, servers, token_file)?;
    start_log(&config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match cli.command {
        Command::Enroll(options) => runtime.block_on(enrol(config, &options))?,
        Command::Run => runtime.block_on(run::run(config))?,
        Command::Status(options) => return status(config, options.json),
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

async fn enrol(config: Config, options: &Enroll) -> anyhow::Result<()> {
    if config.servers.is_empty() {
        bail!(
            "which server? Give --server https://HOST:PORT, TRUSTBOARD_SERVER or server in the file"
        );
    }
    let token = enroll::token(options, config.token_file.as_deref())?;
    let state = config.host.state.clone();
    let worker = Worker::start(config.host)?;
    let enrolled = enroll::enroll(&config.servers, &token, &worker, &state).await;
    worker.end(PATIENCE).await;
    let enrolled = enrolled?;
    let enrolment = &enrolled.enrolment;
    println!("enrolled with {} as host {}", enrolment.server, enrolment.host);
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

fn status(mut config: Config, json: bool) -> anyhow::Result<ExitCode> {
    let enrolment = config.host.state.enrolment()?;
    let status = Status::collect(&mut config.host, enrolment.as_ref());
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        println!("{status}");
    }
    Ok(if status.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(INCOMPLETE) })
}
