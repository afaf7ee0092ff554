//! The program `trustboard`.

use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;
use trustboard_server::cli::Cli;

/// For the database and the cryptography too. The system's own allocator keeps what a start with all
/// its handshakes and appraisals has used, a quarter of all memory from then on, and takes longer.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

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
