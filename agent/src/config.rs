//! Configuration: flags, then environment, then a TOML file, then defaults. Every problem is
//! found at start, and all of them are told at once.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::ak_store::AkPreference;
use crate::attester::LocalHost;
use crate::cli::{Ak, Common};
use crate::server_address::ServerAddress;
use crate::state::StateDirectory;
use crate::tpm_choice::TpmChoice;

/// Where the file is if `--config` does not say.
pub const DEFAULT_FILE: &str = "/etc/trustboard/agent.toml";
/// Where the state is if nothing says.
pub const DEFAULT_STATE: &str = "/var/lib/trustboard-agent";
/// What is logged if nothing says. The TSS library logs on its own what is told here in better
/// words.
pub const DEFAULT_LOG: &str = "info,tss_esapi=off";

/// What all commands need.
#[derive(Debug, Clone)]
pub struct Config {
    /// The server, if it is named: `enroll` needs it, `run` knows it from the enrolment.
    pub server: Option<ServerAddress>,
    /// Where the enrolment token is, if a file holds it.
    pub token_file: Option<PathBuf>,
    /// This host.
    pub host: LocalHost,
    /// What is logged: directives of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// Logs as JSON.
    pub log_json: bool,
}

/// Everything that is wrong with the configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration cannot be used:\n{}", .problems.iter().map(|p| format!("  - {p}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError {
    /// One line each.
    pub problems: Vec<String>,
}

/// The file. An unknown key is an error: it is a misspelt known one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_field_names, reason = "named like the options")]
struct File {
    server: Option<String>,
    token_file: Option<PathBuf>,
    state_dir: Option<PathBuf>,
    tpm: Option<String>,
    sysroot: Option<PathBuf>,
    ak: Option<Ak>,
    log: Option<String>,
    log_json: Option<bool>,
}

impl Config {
    /// Puts flags, environment (which the flags' parser has read) and file together.
    pub fn resolve(
        flags: &Common,
        server: Option<&str>,
        token_file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let file = File::load(flags.config.as_deref(), &mut problems);
        let server = server.map(str::to_owned).or(file.server).and_then(|text| {
            text.parse()
                .map_err(|e: crate::server_address::InvalidAddress| problems.push(e.to_string()))
                .ok()
        });
        let tpm = flags.tpm.clone().or(file.tpm).unwrap_or_else(|| "auto".to_owned());
        let sysroot = flags.sysroot.clone().or(file.sysroot).unwrap_or_else(|| "/".into());
        if !sysroot.is_dir() {
            problems.push(format!("sysroot: {} is not a directory", sysroot.display()));
        }
        let state =
            flags.state_dir.clone().or(file.state_dir).unwrap_or_else(|| DEFAULT_STATE.into());
        if !state.is_absolute() && flags.state_dir.is_none() {
            problems.push(format!("state_dir: {} is not an absolute path", state.display()));
        }
        let tpm: TpmChoice = match tpm.parse() {
            Ok(choice) => choice,
            Err(never) => match never {},
        };
        if let TpmChoice::Tcti(tcti) = &tpm
            && let Err(error) = crate::tpm::check_tcti(tcti)
        {
            problems.push(format!("tpm: {error}; or use auto or none"));
        }
        let log = flags.log.clone().or(file.log).unwrap_or_else(|| DEFAULT_LOG.to_owned());
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&log) {
            problems.push(format!("log: {log:?}: {error}"));
        }
        if !problems.is_empty() {
            return Err(ConfigError { problems });
        }
        Ok(Self {
            server,
            token_file: token_file.map(Path::to_owned).or(file.token_file),
            host: LocalHost {
                sysroot,
                tpm,
                state: StateDirectory::new(state),
                ak: flags.ak.or(file.ak).map_or(AkPreference::LikeEk, AkPreference::from),
            },
            log,
            log_json: flags.log_json || file.log_json.unwrap_or(false),
        })
    }
}

impl File {
    /// Reads the named file, which must exist, or the default one, which need not.
    fn load(named: Option<&Path>, problems: &mut Vec<String>) -> Self {
        let path = named.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Self::default();
            }
            Err(error) => {
                problems.push(format!("{}: {error}", path.display()));
                return Self::default();
            }
        };
        toml::from_str(&text).unwrap_or_else(|error| {
            problems.push(format!("{}: {}", path.display(), error.to_string().trim_end()));
            Self::default()
        })
    }
}
