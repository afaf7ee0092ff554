//! The developer's commands: `cargo xtask --help`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod build;
mod chaos;
mod client;
mod demo;
mod dev;
mod disk;
mod fuzz;
mod histogram;
mod light;
mod load;
mod pictures;
mod place;
mod postgres;
mod program;
mod programs;
mod running;
mod server;
mod setup;
mod site;
mod stage;
mod tamper;
mod test;
mod tidy;
mod vectors;
mod vm;

/// The developer's commands. Two are enough to start with:
///
///   cargo xtask demo    builds everything, starts a server and ten hosts, prints a link
///   cargo xtask test    runs every check and test
///
/// Both install what is missing first, and say what and why.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, verbatim_doc_comment)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing: system packages, the wasm target, npm packages.
    ///
    /// Does nothing where all is there. The other commands call it themselves.
    Setup,
    /// Starts a server with ten hosts, prints a link to sign in, and runs until Ctrl-C.
    ///
    /// The hosts are real agents on software TPMs. Everything lies in ./demo and starts anew each
    /// time.
    Demo(demo::Options),
    /// Shows, breaks and mends the hosts of the running demonstration.
    ///
    ///   cargo xtask sim list
    ///   cargo xtask sim break db-prod-01 secure-boot-off
    ///   cargo xtask sim fix db-prod-01
    ///
    /// `--light` starts a server with many thousand hosts of its own instead:
    ///
    ///   cargo xtask sim --light --hosts 10000 --keep demo/light
    ///   cargo xtask sim --light --help
    #[command(verbatim_doc_comment, disable_help_flag = true)]
    Sim {
        /// Handed on to trustboard-simulator; `--help` shows what it knows.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Boots virtual hosts with real firmware, a signed boot chain and our agent inside, prints a
    /// link to sign in, and runs until Ctrl-C.
    ///
    /// QEMU without hardware virtualisation, OVMF, swtpm, and Debian's shim, GRUB and kernel. A
    /// boot takes half a minute.
    Vm(vm::Options),
    /// Rebuilds and restarts the server while you edit; its data is in ./demo/dev.
    Dev,
    /// Builds what the browser loads, into target/site: wasm, script and style, compressed.
    Site,
    /// Builds the two programs for release; the server carries the site in itself.
    Build,
    /// Runs everything that CI runs: formatting, lints, documentation, all tests.
    Test(test::Options),
    /// Runs a command with a PostgreSQL server for the tests in it, which ends with the command.
    ///
    ///   cargo xtask postgres cargo test -p trustboard-server --test store_contract
    #[command(verbatim_doc_comment)]
    Postgres {
        /// The command with its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Measures.
    #[command(subcommand)]
    Bench(bench::Benchmark),
    /// Measures a server under load: verifications a second, processor time, memory, the table.
    ///
    /// Prints one JSON object. Builds for release, makes a fleet of light hosts and removes it.
    ///
    ///   cargo xtask load --hosts 10000 --interval 60 --for 120
    #[command(verbatim_doc_comment)]
    Load(load::Options),
    /// Breaks a running server on purpose, and checks what must come of it.
    ///
    /// Runs what was built last; `docs/chaos.md` says what is expected.
    Chaos(chaos::Options),
    /// Verifies evidence that nobody here made: every row of the matrix and every file of the
    /// list, each with what must come of it.
    ///
    ///   cargo xtask vectors ../shared/vectors
    #[command(verbatim_doc_comment)]
    Vectors(vectors::Options),
    /// Tampers with genuine evidence and fails if any of it is believed.
    ///
    /// Ten million mutants take about a quarter of an hour on four cores.
    Tamper {
        /// How many mutants.
        #[arg(default_value_t = 10_000_000)]
        mutants: u64,
        /// Where the random numbers begin.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Runs the fuzz targets of every parser of outside bytes.
    Fuzz(fuzz::Options),
    /// Takes pictures of the running product: those of the handbook, or every screen.
    Pictures(pictures::Options),
    /// Checks the house rules that no lint knows (part of `test`).
    Tidy,
}

fn main() -> ExitCode {
    let mut stages = stage::Stages::default();
    let done = match Arguments::parse().command {
        Command::Setup => setup::everything(&mut stages),
        Command::Demo(options) => demo::run(&mut stages, &options),
        Command::Sim { arguments } => match arguments.split_first() {
            Some((first, others)) if first == "--light" => light::run(&mut stages, others),
            _ => demo::simulator(&arguments),
        },
        Command::Vm(options) => vm::run(&mut stages, &options),
        Command::Dev => dev::run(&mut stages),
        Command::Site => site::with_setup(&mut stages),
        Command::Build => build::release(&mut stages),
        Command::Postgres { command } => postgres::with_server(&command),
        Command::Test(options) => test::run(&mut stages, &options),
        Command::Bench(what) => bench::run(&mut stages, &what),
        Command::Chaos(options) => chaos::run(&mut stages, &options),
        Command::Load(options) => load::run(&mut stages, &options),
        Command::Vectors(options) => vectors::run(&mut stages, &options),
        Command::Tamper { mutants, seed } => tamper::run(&mut stages, mutants, seed),
        Command::Fuzz(options) => fuzz::run(&mut stages, &options),
        Command::Pictures(options) => pictures::run(&mut stages, &options),
        Command::Tidy => stages.run("tidy", tidy::check),
    };
    stages.print();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
