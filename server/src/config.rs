//! Configuration: a TOML file, under environment variables, under flags. What was typed
//! ([`Settings`]) becomes what the server uses ([`Config`]); every problem is reported at once.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::{Deserialize, Deserializer};
use trustboard_model::view::Retention;

use crate::returning::GRACE;
use crate::store::Location;

/// The longest configuration file that is read, in bytes: ten settings stay below 4 KiB.
const MAX_FILE: u64 = 64 * 1024;

/// The longest time that something is kept, in days: ten years, longer than any audit looks back.
const MOST_DAYS: u32 = 3653;

/// How long running work may take to end, in seconds: a verification whose agent is slow takes 20.
const DRAIN_S: u64 = 20;

/// The longest that the server's end may be made to take, and agents be waited for after it, in
/// seconds: longer, and it hangs.
const MOST_SECONDS: u64 = 600;

/// For how many days jobs are kept, without the setting: as long as evidence.
pub const JOBS_DAYS: u32 = 90;

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident, $env:literal, $value:literal;)*) => {
        /// The settings as somebody typed them; everything is optional.
        #[derive(Debug, Clone, Default, Args, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Settings {
            /// Where the server keeps its files; a flag of every command, so not one of these.
            #[arg(skip)]
            #[serde(default, deserialize_with = "text")]
            pub data_dir: Option<String>,
            $(
            $(#[$doc])*
            #[arg(long, value_name = $value)]
            #[serde(default, deserialize_with = "text")]
            pub $name: Option<String>,
        )*}

        impl Settings {
            /// The settings in environment variables, which `read` looks up.
            pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Self {
                let read = |name| read(name).filter(|value| !value.is_empty());
                Self { data_dir: read("TRUSTBOARD_DATA_DIR"), $($name: read($env),)* }
            }

            /// These settings, and where they say nothing, `under`.
            #[must_use]
            pub fn over(self, under: Self) -> Self {
                Self {
                    data_dir: self.data_dir.or(under.data_dir),
                    $($name: self.$name.or(under.$name),)*
                }
            }
        }
    };
}

settings! {
    /// The database: sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE [env: TRUSTBOARD_DATABASE_URL] [default: trustboard.db in the data directory]
    database_url, "TRUSTBOARD_DATABASE_URL", "URL";
    /// Where browsers connect; plain HTTP only on loopback [env: TRUSTBOARD_LISTEN] [default: 127.0.0.1:8080]
    listen, "TRUSTBOARD_LISTEN", "ADDRESS";
    /// How browsers reach this server, if not at the address above (a proxy, a name) [env: TRUSTBOARD_PUBLIC_URL]
    public_url, "TRUSTBOARD_PUBLIC_URL", "URL";
    /// PEM certificate chain for browsers [env: TRUSTBOARD_TLS_CERTIFICATE]
    tls_certificate, "TRUSTBOARD_TLS_CERTIFICATE", "FILE";
    /// PEM private key for browsers [env: TRUSTBOARD_TLS_KEY]
    tls_key, "TRUSTBOARD_TLS_KEY", "FILE";
    /// Where agents connect, always over TLS [env: TRUSTBOARD_AGENT_LISTEN] [default: 0.0.0.0:8443]
    agent_listen, "TRUSTBOARD_AGENT_LISTEN", "ADDRESS";
    /// PEM certificate for agents; without it the server makes one and keeps it [env: TRUSTBOARD_AGENT_TLS_CERTIFICATE]
    agent_tls_certificate, "TRUSTBOARD_AGENT_TLS_CERTIFICATE", "FILE";
    /// PEM private key for agents [env: TRUSTBOARD_AGENT_TLS_KEY]
    agent_tls_key, "TRUSTBOARD_AGENT_TLS_KEY", "FILE";
    /// Directory of TPM makers' certificates (PEM or DER), read again on SIGHUP [env: TRUSTBOARD_MAKERS_DIR]
    makers_dir, "TRUSTBOARD_MAKERS_DIR", "DIR";
    /// Official list of revocations (dbxupdate_x64.bin), read again on SIGHUP [env: TRUSTBOARD_REVOCATIONS_FILE]
    revocations_file, "TRUSTBOARD_REVOCATIONS_FILE", "FILE";
    /// How the log is written: text or json [env: TRUSTBOARD_LOG_FORMAT] [default: text]
    log_format, "TRUSTBOARD_LOG_FORMAT", "FORMAT";
    /// How many pieces of evidence are appraised at a time [env: TRUSTBOARD_VERIFICATIONS] [default: one a core]
    verifications, "TRUSTBOARD_VERIFICATIONS", "NUMBER";
    /// For how many days conclusions (spans, reports, counts) are kept [env: TRUSTBOARD_CONCLUSIONS_DAYS] [default: 400]
    conclusions_days, "TRUSTBOARD_CONCLUSIONS_DAYS", "DAYS";
    /// For how many days evidence is kept, other than each host's newest [env: TRUSTBOARD_EVIDENCE_DAYS] [default: 90]
    evidence_days, "TRUSTBOARD_EVIDENCE_DAYS", "DAYS";
    /// For how many days jobs, actions on many hosts and reports of imports are kept [env: TRUSTBOARD_JOBS_DAYS] [default: 90]
    jobs_days, "TRUSTBOARD_JOBS_DAYS", "DAYS";
    /// Where Prometheus reads /metrics without signing in; loopback only [env: TRUSTBOARD_METRICS_LISTEN] [default: nowhere]
    metrics_listen, "TRUSTBOARD_METRICS_LISTEN", "ADDRESS";
    /// Where traces are sent: an OpenTelemetry collector, by OTLP over plain HTTP [env: TRUSTBOARD_TRACES_ENDPOINT] [default: nowhere]
    traces_endpoint, "TRUSTBOARD_TRACES_ENDPOINT", "URL";
    /// Which share of requests and verifications is traced, from 0 to 1 [env: TRUSTBOARD_TRACES_RATIO] [default: 0.1]
    traces_ratio, "TRUSTBOARD_TRACES_RATIO", "NUMBER";
    /// Seconds that running work may take to end when the server stops [env: TRUSTBOARD_DRAIN_S] [default: 20]
    drain_s, "TRUSTBOARD_DRAIN_S", "SECONDS";
    /// Seconds for which a server that will stop still answers while /readyz says no, for load balancers [env: TRUSTBOARD_UNREADY_S] [default: 0]
    unready_s, "TRUSTBOARD_UNREADY_S", "SECONDS";
    /// Seconds that agents have to come back after their server ended, before their hosts are recorded as not responding [env: TRUSTBOARD_GRACE_S] [default: 90]
    grace_s, "TRUSTBOARD_GRACE_S", "SECONDS";
}

/// A setting may be written as text or as a number.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Value {
        Text(String),
        Number(i64),
        Decimal(f64),
    }
    Ok(Some(match Value::deserialize(deserializer)? {
        Value::Text(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
    }))
}

/// Which share of requests and verifications is traced if nothing says.
const TRACES_RATIO: f64 = 0.1;

/// Where traces are sent, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// The URL that OTLP is posted to: `http://127.0.0.1:4318/v1/traces`.
    pub endpoint: String,
    /// The share of requests and verifications, from 0 to 1.
    pub ratio: f64,
}

/// The configuration that the server runs with.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where the server keeps its files.
    pub data_dir: PathBuf,
    /// Where the database is.
    pub database: Location,
    /// Where browsers connect.
    pub listen: SocketAddr,
    /// How browsers reach the server, if it was said: `https://name[:port]`.
    pub public_url: Option<String>,
    /// The browsers' listener speaks TLS with these.
    pub tls: Option<TlsFiles>,
    /// Where agents connect.
    pub agent_listen: SocketAddr,
    /// The agents' listener speaks TLS with these; a certificate of its own without.
    pub agent_tls: Option<TlsFiles>,
    /// Where the makers' certificates are.
    pub makers_dir: Option<PathBuf>,
    /// The official list of revocations.
    pub revocations_file: Option<PathBuf>,
    /// Where traces are sent, if they are.
    pub traces: Option<Traced>,
    /// How the log is written.
    pub log: LogFormat,
    /// How many pieces of evidence are appraised at a time.
    pub verifications: NonZeroUsize,
    /// For how long the past is kept.
    pub retention: Retention,
    /// For how many days jobs, actions on many hosts and reports of imports are kept.
    pub jobs_days: u32,
    /// Where Prometheus reads without signing in, if anywhere; loopback.
    pub metrics_listen: Option<SocketAddr>,
    /// How the server ends.
    pub drain: Drain,
    /// For how long agents are waited for whose server ended.
    pub grace: Duration,
}

/// How the server ends once it is told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drain {
    /// For how long it still answers but says that it is not ready, so that load balancers turn
    /// away before connections are refused.
    pub unready: Duration,
    /// How long running verifications and requests may take to end after that.
    pub finish: Duration,
}

/// A certificate chain and its key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration cannot be used:")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  - {problem}"))
    }
}

impl Settings {
    /// The settings in a TOML file.
    pub fn from_file(path: &Path) -> Result<Self, Problems> {
        let fail = |problem: String| Problems(vec![format!("{}: {problem}", path.display())]);
        let size = std::fs::metadata(path).map_err(|error| fail(error.to_string()))?.len();
        if size > MAX_FILE {
            return Err(fail(format!("{size} bytes are too many, at most {MAX_FILE} are read")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
        toml::from_str(&text).map_err(|error| fail(error.to_string()))
    }

    /// The configuration that these settings spell.
    pub fn resolve(self) -> Result<Config, Problems> {
        let mut problems = Vec::new();
        let data_dir = PathBuf::from(self.data_dir.as_deref().unwrap_or("trustboard-data"));
        let database = match self.database_url.as_deref() {
            None => Location::Sqlite(data_dir.join("trustboard.db")),
            Some(url) => Location::parse(url).unwrap_or_else(|problem| {
                problems.push(format!("database_url: {problem}"));
                Location::Sqlite(PathBuf::new())
            }),
        };
        let mut address = |name: &str, value: Option<&str>, default: SocketAddr| match value {
            None => default,
            Some(text) => text.parse().unwrap_or_else(|_| {
                problems.push(format!(
                    "{name}: '{text}' is not an address with a port such as 192.0.2.1:443"
                ));
                default
            }),
        };
        let listen =
            address("listen", self.listen.as_deref(), SocketAddr::from(([127, 0, 0, 1], 8080)));
        let agent_listen = address(
            "agent_listen",
            self.agent_listen.as_deref(),
            SocketAddr::from(([0, 0, 0, 0], 8443)),
        );
        let metrics_listen = self
            .metrics_listen
            .as_deref()
            .map(|text| address("metrics_listen", Some(text), listen));
        let mut pair = |prefix: &str, certificate: Option<String>, key: Option<String>| match (
            certificate,
            key,
        ) {
            (Some(certificate), Some(key)) => {
                Some(TlsFiles { certificate: certificate.into(), key: key.into() })
            }
            (None, None) => None,
            (given, _) => {
                let missing = if given.is_some() { "key" } else { "certificate" };
                problems.push(format!("{prefix}tls_{missing} is missing beside its counterpart"));
                None
            }
        };
        let half_given = self.tls_certificate.is_some() != self.tls_key.is_some();
        let tls = pair("", self.tls_certificate, self.tls_key);
        let agent_tls = pair("agent_", self.agent_tls_certificate, self.agent_tls_key);
        if tls.is_none() && !half_given && !listen.ip().is_loopback() {
            problems.push(format!(
                "listen: {listen} is not loopback, so tls_certificate and tls_key are needed; \
                 plain HTTP is served on loopback only"
            ));
        }
        if let Some(metrics) = metrics_listen.filter(|metrics| !metrics.ip().is_loopback()) {
            problems.push(format!(
                "metrics_listen: {metrics} is not loopback; from elsewhere /api/v1/metrics of \
                 the browsers' address is read, with an API key"
            ));
        }
        let public_url = self.public_url.and_then(|url| {
            origin(&url).map_err(|problem| problems.push(format!("public_url: {problem}"))).ok()
        });
        let log = match self.log_format.as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(other) => {
                problems.push(format!("log_format: '{other}' is neither text nor json"));
                LogFormat::Text
            }
        };
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let verifications = match self.verifications.as_deref().map(str::parse::<NonZeroUsize>) {
            None => cores,
            Some(Ok(number)) if number.get() <= 1024 => number,
            Some(_) => {
                problems.push("verifications: expected a number from 1 to 1024".to_owned());
                cores
            }
        };
        let mut days = |name: &str, value: Option<&str>, default: u32| match value {
            None => default,
            Some(text) => match text.parse() {
                Ok(days) if (1..=MOST_DAYS).contains(&days) => days,
                _ => {
                    problems.push(format!("{name}: expected a number from 1 to {MOST_DAYS}"));
                    default
                }
            },
        };
        let usual = Retention::DEFAULT;
        let retention = Retention {
            conclusions_days: days(
                "conclusions_days",
                self.conclusions_days.as_deref(),
                usual.conclusions_days,
            ),
            evidence_days: days(
                "evidence_days",
                self.evidence_days.as_deref(),
                usual.evidence_days,
            ),
        };
        let jobs_days = days("jobs_days", self.jobs_days.as_deref(), JOBS_DAYS);
        if retention.evidence_days > retention.conclusions_days {
            problems.push("evidence_days: more than conclusions_days".to_owned());
        }
        let mut seconds = |name: &str, value: Option<&str>, default: u64| match value {
            None => Duration::from_secs(default),
            Some(text) => Duration::from_secs(match text.parse() {
                Ok(seconds) if seconds <= MOST_SECONDS => seconds,
                _ => {
                    problems.push(format!("{name}: expected a number from 0 to {MOST_SECONDS}"));
                    default
                }
            }),
        };
        let drain = Drain {
            unready: seconds("unready_s", self.unready_s.as_deref(), 0),
            finish: seconds("drain_s", self.drain_s.as_deref(), DRAIN_S),
        };
        let grace = seconds("grace_s", self.grace_s.as_deref(), GRACE.as_secs());
        let ratio = match self.traces_ratio.as_deref().map(str::parse::<f64>) {
            None => TRACES_RATIO,
            Some(Ok(ratio)) if (0.0..=1.0).contains(&ratio) => ratio,
            Some(_) => {
                problems.push("traces_ratio: expected a number from 0 to 1".to_owned());
                TRACES_RATIO
            }
        };
        let traces = self.traces_endpoint.and_then(|endpoint| match collector(&endpoint) {
            Ok(endpoint) => Some(Traced { endpoint, ratio }),
            Err(problem) => {
                problems.push(format!("traces_endpoint: {problem}"));
                None
            }
        });
        if problems.is_empty() {
            let makers_dir = self.makers_dir.map(PathBuf::from);
            let revocations_file = self.revocations_file.map(PathBuf::from);
            Ok(Config {
                data_dir,
                database,
                listen,
                public_url,
                tls,
                agent_listen,
                agent_tls,
                makers_dir,
                revocations_file,
                traces,
                log,
                verifications,
                retention,
                jobs_days,
                metrics_listen,
                drain,
                grace,
            })
        } else {
            Err(Problems(problems))
        }
    }
}

/// The address that OTLP is posted to: with the path that its specification names, unless the URL has
/// one of its own.
fn collector(url: &str) -> Result<String, &'static str> {
    // Not repeated: it may hold a password, which would not be sent.
    const EXPECTED: &str = "expected a URL such as http://127.0.0.1:4318, without a password; where \
                            TLS is needed, a collector beside the server passes traces on";
    let uri: http::Uri = url.parse().map_err(|_| EXPECTED)?;
    let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if uri.scheme_str() != Some("http") || !plain {
        return Err(EXPECTED);
    }
    Ok(match uri.path() {
        "" | "/" => format!("{}/v1/traces", url.trim_end_matches('/')),
        _ => url.to_owned(),
    })
}

/// `scheme://authority` of a URL that has nothing else.
fn origin(url: &str) -> Result<String, String> {
    let problem = || format!("'{url}' is not a URL such as https://trustboard.example");
    let uri: http::Uri = url.trim_end_matches('/').parse().map_err(|_| problem())?;
    match (uri.scheme_str(), uri.authority()) {
        (Some(scheme @ ("http" | "https")), Some(authority))
            if matches!(uri.path(), "" | "/") && uri.query().is_none() =>
        {
            Ok(format!("{scheme}://{authority}").to_ascii_lowercase())
        }
        _ => Err(problem()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(settings: Settings) -> Vec<String> {
        settings.resolve().unwrap_err().0
    }

    #[test]
    fn flags_go_before_the_environment_and_the_environment_before_the_file() {
        let file: Settings =
            toml::from_str("listen = '127.0.0.1:1'\nlog_format = 'json'\nverifications = 3")
                .unwrap();
        let env = Settings::from_env(|name| match name {
            "TRUSTBOARD_LISTEN" => Some("127.0.0.1:2".into()),
            "TRUSTBOARD_AGENT_LISTEN" => Some("127.0.0.1:3".into()),
            _ => None,
        });
        let flags = Settings { listen: Some("127.0.0.1:4".into()), ..Settings::default() };
        let config = flags.over(env).over(file).resolve().unwrap();
        assert_eq!(config.listen.port(), 4);
        assert_eq!(config.agent_listen.port(), 3);
        assert_eq!(config.log, LogFormat::Json);
        assert_eq!(config.verifications.get(), 3);
        assert_eq!(config.retention, Retention::DEFAULT);
        let drain = Drain { unready: Duration::ZERO, finish: Duration::from_secs(DRAIN_S) };
        assert_eq!(config.drain, drain);
    }

    #[test]
    fn every_problem_is_reported_at_once() {
        let found = problems(Settings {
            database_url: Some("mysql://u:secret@h/db".into()),
            listen: Some("localhost".into()),
            agent_tls_key: Some("k".into()),
            public_url: Some("ftp://x".into()),
            log_format: Some("xml".into()),
            verifications: Some("0".into()),
            conclusions_days: Some("30".into()),
            jobs_days: Some("0".into()),
            drain_s: Some("-1".into()),
            unready_s: Some("9999".into()),
            grace_s: Some("601".into()),
            metrics_listen: Some("0.0.0.0:9464".into()),
            traces_endpoint: Some("http://u:secret@h:4318".into()),
            traces_ratio: Some("1.5".into()),
            ..Settings::default()
        });
        assert_eq!(found.len(), 14, "{found:?}");
        assert!(found.iter().all(|problem| !problem.contains("secret")));
    }

    #[test]
    fn traces_are_sent_where_and_as_often_as_is_said() {
        let traced = |file: &str| {
            toml::from_str::<Settings>(file).unwrap().resolve().map(|config| config.traces)
        };
        assert_eq!(traced("").unwrap(), None);
        let at = |endpoint: &str, ratio| {
            Some(Traced { endpoint: format!("http://otel:4318{endpoint}"), ratio })
        };
        let usual = traced("traces_endpoint = 'http://otel:4318'").unwrap();
        assert_eq!(usual, at("/v1/traces", TRACES_RATIO));
        let own = "traces_endpoint = 'http://otel:4318/own/path'\ntraces_ratio = 0.25";
        assert_eq!(traced(own).unwrap(), at("/own/path", 0.25));
        for refused in ["https://otel:4318", "otel:4318", ""] {
            assert!(traced(&format!("traces_endpoint = '{refused}'")).is_err(), "{refused}");
        }
    }

    #[test]
    fn plain_http_stays_on_loopback() {
        let open = Settings { listen: Some("0.0.0.0:80".into()), ..Settings::default() };
        assert!(problems(open.clone())[0].contains("plain HTTP"));
        let with_tls = Settings {
            tls_certificate: Some("c".into()),
            tls_key: Some("k".into()),
            ..open.clone()
        };
        assert!(with_tls.resolve().is_ok());
        let half = Settings { tls_certificate: Some("c".into()), ..open };
        assert_eq!(problems(half), ["tls_key is missing beside its counterpart"]);
    }

    #[test]
    fn unknown_settings_in_the_file_are_named() {
        let error = toml::from_str::<Settings>("lisen = 'x'").unwrap_err();
        assert!(error.to_string().contains("lisen"));
    }
}
