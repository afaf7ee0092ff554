//! The program `trustboard`.

use std::process::ExitCode;

use clap::Parser;
use trustboard_server::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("trustboard: {error:#}");
            ExitCode::FAILURE
        }
    }
}
