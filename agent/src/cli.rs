//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use crate::ak_store::AkPreference;
use crate::tpm::KeyKind;

/// Proves to a Trustboard server what this host booted.
///
/// Enrol the host once with a token from the server, then keep the agent running: it holds one
/// outgoing TLS connection, and answers the server's challenges with quotes from the host's TPM
/// 2.0, the firmware's event log and facts about the host. The host needs no open port.
#[derive(Debug, Parser)]
#[command(
    name = "trustboard-agent",
    version,
    after_help = "\
Example:
  trustboard-agent enroll --server https://trustboard.example:8443 --token-file token
  trustboard-agent status
  systemctl enable --now trustboard-agent"
)]
pub struct Cli {
    /// What all commands understand.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args, Default)]
pub struct Common {
    /// TOML file with the same names as the options (state_dir = "..."); an option or environment
    /// variable takes precedence over it [default: /etc/trustboard/agent.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE", env = "TRUSTBOARD_AGENT_CONFIG")]
    pub config: Option<PathBuf>,

    /// Where the enrolment and the attestation key are kept [default: /var/lib/trustboard-agent]
    #[arg(long, global = true, value_name = "DIR", env = "TRUSTBOARD_AGENT_STATE_DIR")]
    pub state_dir: Option<PathBuf>,

    /// Which TPM: auto (the kernel's first one), none, or a TCTI string such as
    /// device:/dev/tpmrm0 or swtpm:host=127.0.0.1,port=2321 [default: auto]
    #[arg(long, global = true, value_name = "TPM", env = "TRUSTBOARD_AGENT_TPM")]
    pub tpm: Option<String>,

    /// Where the root of the host's file system is seen: everything under /proc, /sys, /etc and
    /// /dev is read from there. For an agent in a container [default: /]
    #[arg(long, global = true, value_name = "DIR", env = "TRUSTBOARD_AGENT_SYSROOT")]
    pub sysroot: Option<PathBuf>,

    /// The kind of a new attestation key [default: like the TPM's endorsement key]
    #[arg(long, global = true, value_enum, env = "TRUSTBOARD_AGENT_AK")]
    pub ak: Option<Ak>,

    /// What to log, to standard error: error, warn, info, debug, trace, or directives for parts
    /// (info,trustboard_agent::session=debug)
    #[arg(long, global = true, value_name = "FILTER", env = "TRUSTBOARD_AGENT_LOG")]
    pub log: Option<String>,

    /// Log one JSON object a line
    #[arg(long, global = true, env = "TRUSTBOARD_AGENT_LOG_JSON")]
    pub log_json: bool,
}

/// A kind of attestation key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ak {
    /// The kind of the endorsement key
    Auto,
    /// RSA 2048, RSASSA with SHA-256
    Rsa,
    /// NIST P-256, ECDSA with SHA-256
    Ecc,
}

impl From<Ak> for AkPreference {
    fn from(ak: Ak) -> Self {
        match ak {
            Ak::Auto => Self::LikeEk,
            Ak::Rsa => Self::Kind(KeyKind::Rsa2048),
            Ak::Ecc => Self::Kind(KeyKind::EccP256),
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Enrol this host with a server
    ///
    /// An operator makes an enrolment token for a cluster on the server. The token names the
    /// server's certificate, so that the agent trusts the right server from the first byte. The
    /// host's TPM proves that it holds its endorsement key; what it unwraps becomes the host's
    /// credential for all sessions. A host without a TPM is enrolled as such.
    ///
    /// Enrolling again replaces the earlier enrolment in the state directory; a running agent takes
    /// it up with its next connection.
    Enroll(Enroll),
    /// Keep a session with the server and answer its challenges
    ///
    /// Runs until SIGTERM or SIGINT. Reconnects by itself, first after a quarter of a second,
    /// later after at most 30 seconds. Needs read and write access to the TPM's device
    /// (/dev/tpmrm0, group tss on most systems) and read access to the event log in securityfs
    /// (CAP_DAC_READ_SEARCH); nothing else.
    Run,
    /// Show what the agent would send, and what is missing and why
    ///
    /// Reads the TPM, the event log and the facts as `run` does. Sends nothing. Exits with 0 if
    /// nothing is in the way, with 2 if something is.
    Status(StatusArgs),
}

/// Options of `enroll`.
#[derive(Debug, Args)]
pub struct Enroll {
    /// The server's agent address. More than once, or with commas: servers that share the work on
    /// one database; the agent goes to one of them, and to another when that does not answer
    #[arg(
        long,
        value_name = "https://HOST:PORT",
        env = "TRUSTBOARD_SERVER",
        value_delimiter = ','
    )]
    pub server: Vec<String>,

    /// A file that holds the enrolment token
    #[arg(long, value_name = "FILE", env = "TRUSTBOARD_TOKEN_FILE")]
    pub token_file: Option<PathBuf>,

    /// Read the enrolment token from standard input
    #[arg(long, conflicts_with_all = ["token_file", "token"])]
    pub token_stdin: bool,

    /// The enrolment token itself. As an option it can be seen by every user of this host for as
    /// long as the command runs: prefer the environment variable, a file or standard input
    #[arg(long, value_name = "TOKEN", env = "TRUSTBOARD_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
}

/// Options of `status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn common_options_may_stand_after_the_command() {
        let cli = Cli::parse_from(["trustboard-agent", "run", "--tpm", "none", "--ak", "ecc"]);
        assert_eq!(cli.common.tpm.as_deref(), Some("none"));
        assert_eq!(cli.common.ak, Some(Ak::Ecc));
    }
}
