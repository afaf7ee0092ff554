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
/// What is logged if nothing says.
pub const DEFAULT_LOG: &str = "info";

/// What all commands need.
#[derive(Debug, Clone)]
pub struct Config {
    /// The servers, if any is named: `enroll` needs one, `run` knows them from the enrolment, and
    /// goes to those that are named here besides.
    pub servers: Vec<ServerAddress>,
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
    server: Option<Servers>,
    token_file: Option<PathBuf>,
    state_dir: Option<PathBuf>,
    tpm: Option<String>,
    sysroot: Option<PathBuf>,
    ak: Option<Ak>,
    log: Option<String>,
    log_json: Option<bool>,
}

/// One address, or a list of them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Servers {
    One(String),
    Many(Vec<String>),
}

impl Config {
    /// Puts flags, environment (which the flags' parser has read) and file together.
    pub fn resolve(
        flags: &Common,
        servers: &[String],
        token_file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let file = File::load(flags.config.as_deref(), &mut problems);
        let named = match (servers, file.server) {
            ([], None) => Vec::new(),
            ([], Some(Servers::One(server))) => vec![server],
            ([], Some(Servers::Many(servers))) => servers,
            (servers, _) => servers.to_vec(),
        };
        let mut servers = Vec::new();
        for text in named {
            match text.parse::<ServerAddress>() {
                Ok(server) => servers.push(server),
                Err(error) => problems.push(error.to_string()),
            }
        }
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
        // The TSS library logs on its own what is told here in better words. It is heard if it is
        // asked for by name.
        let log = if log.contains("tss_esapi") { log } else { format!("tss_esapi=off,{log}") };
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&log) {
            problems.push(format!("log: {log:?}: {error}"));
        }
        if !problems.is_empty() {
            return Err(ConfigError { problems });
        }
        Ok(Self {
            servers,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Flags that name a file with this text.
    fn flags(text: &str) -> (tempfile::TempDir, Common) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent.toml");
        std::fs::write(&path, text).unwrap();
        (folder, Common { config: Some(path), ..Common::default() })
    }

    #[test]
    fn what_nobody_says_has_a_default() {
        let (_folder, flags) = flags("");
        let config = Config::resolve(&flags, &[], None).unwrap();
        assert_eq!((config.servers, config.token_file), (Vec::new(), None));
        assert_eq!(config.host.tpm, TpmChoice::Auto);
        assert_eq!(config.host.sysroot, Path::new("/"));
        assert_eq!(config.host.state.path(), Path::new(DEFAULT_STATE));
        assert_eq!(config.host.ak, AkPreference::LikeEk);
        assert_eq!((config.log.as_str(), config.log_json), ("tss_esapi=off,info", false));
    }

    #[test]
    fn flags_take_precedence_over_the_file() {
        let (_folder, mut flags) = flags(
            "server = 'https://file:1'\ntoken_file = '/file'\nstate_dir = '/file'\ntpm = 'none'\n\
             ak = 'rsa'\nlog = 'warn'\nlog_json = true\n",
        );
        let config = Config::resolve(&flags, &[], None).unwrap();
        assert_eq!(config.servers[0].to_string(), "https://file:1");
        assert_eq!(config.token_file.as_deref(), Some(Path::new("/file")));
        assert_eq!(config.host.state.path(), Path::new("/file"));
        assert_eq!(config.host.tpm, TpmChoice::None);
        assert_eq!(config.host.ak, Ak::Rsa.into());
        assert_eq!((config.log.as_str(), config.log_json), ("tss_esapi=off,warn", true));

        flags.tpm = Some("swtpm:port=2321".into());
        flags.state_dir = Some("/flag".into());
        flags.ak = Some(Ak::Ecc);
        flags.log = Some("tss_esapi=debug".into());
        let config =
            Config::resolve(&flags, &named(["https://flag:2"]), Some(Path::new("/flag"))).unwrap();
        assert_eq!(config.servers, ["https://flag:2".parse().unwrap()]);
        assert_eq!(config.token_file.as_deref(), Some(Path::new("/flag")));
        assert_eq!(config.host.state.path(), Path::new("/flag"));
        assert_eq!(config.host.tpm, TpmChoice::Tcti("swtpm:port=2321".into()));
        assert_eq!((config.host.ak, config.log.as_str()), (Ak::Ecc.into(), "tss_esapi=debug"));
    }

    fn named<const N: usize>(servers: [&str; N]) -> Vec<String> {
        servers.map(str::to_owned).into()
    }

    #[test]
    fn several_servers_are_named_in_the_file_as_by_flags() {
        let (_folder, flags) = flags("server = ['https://a:1', 'https://b']\n");
        let config = Config::resolve(&flags, &[], None).unwrap();
        let all: Vec<_> = config.servers.iter().map(ToString::to_string).collect();
        assert_eq!(all, ["https://a:1", "https://b:8443"]);
        let config = Config::resolve(&flags, &named(["https://c:1", "https://d:1"]), None);
        assert_eq!(config.unwrap().servers.len(), 2);
        let error = Config::resolve(&flags, &named(["https://c:1", "d"]), None).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{error}");
    }

    #[test]
    fn every_problem_is_told() {
        let (_folder, mut flags) = flags("state_dir = 'relative'\nak = 'rsa'\n");
        flags.tpm = Some("swtpm:path=/run/x".into());
        flags.sysroot = Some("/nonexistent".into());
        let error = Config::resolve(&flags, &named(["tb.example"]), None).unwrap_err();
        assert_eq!(error.problems.len(), 4, "{error}");
        let (_folder, flags) = self::flags("srever = 'https://x'\n");
        let error = Config::resolve(&flags, &[], None).unwrap_err();
        assert!(error.to_string().contains("srever"), "{error}");
    }

    #[test]
    fn a_file_that_was_named_must_be_there() {
        let flags = Common { config: Some("/nonexistent.toml".into()), ..Common::default() };
        let error = Config::resolve(&flags, &[], None).unwrap_err();
        assert!(error.to_string().contains("/nonexistent.toml"), "{error}");
    }
}
