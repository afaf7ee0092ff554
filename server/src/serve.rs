//! The running server: listeners, background work, and an orderly end.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::timeout;
use trustboard_model::event::Actor;
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{CertificateHealth, ShownTo};

use crate::clock::SystemClock;
use crate::config::{Config, Drain, Problems};
use crate::connection::Clients;
use crate::ctx::Ctx;
use crate::job;
use crate::live::Live;
use crate::makers::Folder;
use crate::random::{Random as _, SystemRandom};
use crate::state::{AppState, Site};
use crate::store::{Store, StoreError};
use crate::tls::{Alpn, Identity};
use crate::vitals::Begun;
use crate::{advisories, command, listener, metrics, query, reload, revocations, router, tail};

/// How long sessions and connections may take to close once nothing runs any more.
const CLOSE: Duration = Duration::from_secs(5);

/// Where a running server can be reached, kept in its data directory for the other commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serving {
    /// `http://127.0.0.1:8080`: what a browser is given.
    pub browsers: String,
    /// `https://127.0.0.1:8443`: what an agent on this machine is given.
    pub agents: String,
    /// `http://127.0.0.1:9464`: where Prometheus reads, if it does so without signing in.
    #[serde(default)]
    pub metrics: Option<String>,
}

impl Serving {
    const FILE: &str = "serving.json";

    /// What the server that uses `data_dir` wrote when it started.
    pub fn read(data_dir: &Path) -> Option<Self> {
        let text = std::fs::read(data_dir.join(Self::FILE)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Takes the note away: nobody serves any more.
    fn forget(data_dir: &Path) {
        // Without it the other commands go by the configuration.
        let _ = std::fs::remove_file(data_dir.join(Self::FILE));
    }

    fn write(&self, data_dir: &Path) -> std::io::Result<()> {
        // Renamed into place, so that no reader sees half of it.
        let fresh = data_dir.join(format!("{}.{}", Self::FILE, std::process::id()));
        std::fs::write(&fresh, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(fresh, data_dir.join(Self::FILE))
    }
}

/// A server that has everything it needs, but does not yet answer.
pub struct Server {
    state: AppState,
    config: Config,
    listening: Listening,
    stop: watch::Sender<bool>,
}

struct Listening {
    browsers: TcpListener,
    browser_tls: Option<RustlsConfig>,
    metrics: Option<TcpListener>,
    agents: TcpListener,
    agent_tls: RustlsConfig,
    serving: Serving,
}

impl Server {
    /// Opens what the server needs: files, certificates, addresses, the database. Everything that
    /// cannot be opened is reported at once.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        let mut problems = Vec::new();
        if let Err(error) = data_dir(&config.data_dir) {
            problems.push(format!("data_dir: {}: {error}", config.data_dir.display()));
        }
        let tls = config.tls.as_ref().map(Identity::read).transpose();
        let tls = tls.map_err(|error| problems.push(error.to_string())).ok().flatten();
        let agent_tls = Identity::for_agents(&config);
        let agent_tls = agent_tls.map_err(|error| problems.push(error.to_string())).ok();
        let folder = config.makers_dir.as_deref().map(Folder::read);
        let (folder, unread) = folder.unwrap_or_default();
        problems.extend(unread.into_iter().map(|problem| format!("makers_dir: {problem}")));
        let official = config.revocations_file.as_deref().map(revocations::read).transpose();
        let official = official
            .map_err(|problem| problems.push(format!("revocations_file: {problem}")))
            .ok()
            .flatten();
        let mut bound = |name: &str, address| {
            listener::bind(address)
                .map_err(|error| problems.push(format!("{name}: {address}: {error}")))
        };
        let browsers = bound("listen", config.listen).ok();
        let agents = bound("agent_listen", config.agent_listen).ok();
        let metrics = config.metrics_listen.and_then(|at| bound("metrics_listen", at).ok());
        let (Some(browsers), Some(agents), Some(agent_tls), []) =
            (browsers, agents, agent_tls, &problems[..])
        else {
            return Err(Problems(problems).into());
        };
        let store = Store::at(&config.database).await;
        let store = store.with_context(|| format!("database {}", config.database))?;
        let mut name = [0; 16];
        SystemRandom.fill(&mut name);
        let ctx = Ctx {
            store: store.of_replica(name),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            live: Live::new(),
        };
        let serving = Serving {
            browsers: config.public_url.clone().unwrap_or_else(|| {
                let scheme = if tls.is_some() { "https" } else { "http" };
                let address = browsers.local_addr().unwrap_or(config.listen);
                format!("{scheme}://{address}")
            }),
            agents: format!("https://{}", reachable(agents.local_addr()?)),
            metrics: metrics
                .as_ref()
                .and_then(|metrics| Some(format!("http://{}", metrics.local_addr().ok()?))),
        };
        let site = Site {
            https: tls.is_some() || serving.browsers.starts_with("https://"),
            public_url: config.public_url.clone(),
            fingerprint: agent_tls.fingerprint(),
        };
        let (mut state, stop) = AppState::new(ctx, config.verifications, folder, site);
        state.retention = config.retention;
        state.jobs_days = config.jobs_days;
        state.grace = config.grace;
        if let Some(list) = official {
            state.replace_revocations(list);
        }
        state.vitals.begin(Begun {
            at: state.ctx.clock.now(),
            database: config.database.file().map(Path::to_owned),
            certificates: [(ShownTo::Browsers, tls.as_ref()), (ShownTo::Agents, Some(&agent_tls))]
                .into_iter()
                .filter_map(|(shown_to, identity)| {
                    let expires_at = identity?.expires_at();
                    Some(CertificateHealth { shown_to, expires_at })
                })
                .collect(),
            agents: serving.agents.clone(),
        });
        state.load_makers().await.context("reading the makers' certificates")?;
        let rustls = |identity: &Identity, alpn| -> anyhow::Result<RustlsConfig> {
            Ok(RustlsConfig::from_config(identity.server_config(alpn)?))
        };
        let listening = Listening {
            browsers,
            metrics,
            browser_tls: tls.as_ref().map(|tls| rustls(tls, Alpn::Browsers)).transpose()?,
            agents,
            agent_tls: rustls(&agent_tls, Alpn::Agents)?,
            serving,
        };
        Ok(Self { state, config, listening, stop })
    }

    /// Answers until `shutdown` ends, then stops in order: load balancers told to turn away, no new
    /// connections, running verifications and requests finished, streams and sessions closed, the
    /// agents told when to come back, everything committed.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> anyhow::Result<()> {
        let Self { state, config, listening, stop } = self;
        state.jobs.lead(command::join_replicas(&state.ctx).await?.leads);
        // Who was connected counts as connected: agents get the time to come back.
        job::returning::look(&state).await?;
        command::requeue_jobs(&state.ctx).await?;
        listening.serving.write(&config.data_dir).context("writing serving.json")?;
        let Serving { browsers: url, agents: agent_address, metrics } = &listening.serving;
        tracing::info!(browsers = url, agents = agent_address, metrics, "serving");
        if state.jobs.leads() {
            print_setup_code(&state, url).await?;
        }
        let queue = tokio::spawn(job::queue::run(state.clone()));
        let schedule = tokio::spawn(job::schedule::run(state.clone()));
        // Ends with the process: what runs is still recorded after the others have ended.
        tokio::spawn(job::arrivals::run(state.clone()));
        tokio::spawn(job::contexts::run(state.clone()));
        tokio::spawn(job::enrol::run(state.clone()));
        tokio::spawn(job::steady::run(state.clone()));
        tokio::spawn(job::renew::run(state.clone()));
        tokio::spawn(job::record::run(state.clone()));
        let bulk = tokio::spawn(job::bulk::run(state.clone()));
        let judge = tokio::spawn(job::judge_again::run(state.clone()));
        let forget = tokio::spawn(job::forget::run(state.clone()));
        let tail = tokio::spawn(tail::run(state.clone()));
        let writable = tokio::spawn(job::writable::run(state.clone()));
        // Ends with the stop.
        tokio::spawn(advisories::run(state.clone()));
        let minutes = tokio::spawn(metrics::log_every_minute(state.clone()));
        let replica = tokio::spawn(job::replica::run(state.clone()));
        let returning = tokio::spawn(job::returning::run(state.clone()));
        let reload = tokio::spawn(reload::reload(state.clone(), config.clone()));
        let (browser_handle, agent_handle) = (Handle::new(), Handle::new());
        let metrics = listening.metrics.map(|metrics| {
            let routes = router::metrics(state.clone());
            tokio::spawn(listener::serve(metrics, None, routes, Clients::People, Handle::new()))
        });
        let browsers = tokio::spawn(listener::serve(
            listening.browsers,
            listening.browser_tls,
            router::browsers(state.clone()),
            Clients::People,
            browser_handle.clone(),
        ));
        let agents = tokio::spawn(listener::serve(
            listening.agents,
            Some(listening.agent_tls),
            router::agents(state.clone()),
            Clients::Agents,
            agent_handle.clone(),
        ));
        // If they have changed, every host's evidence waits to be judged again, a row each: nobody waits
        // for that.
        let noted = state.clone();
        tokio::spawn(async move { noted.note_standards(Because::Makers).await });
        shutdown.await;
        let Drain { unready, finish } = config.drain;
        state.leaving.store(true, Ordering::Relaxed);
        if !unready.is_zero() {
            let unready_s = unready.as_secs();
            tracing::info!(unready_s, "not ready any more; load balancers turn away meanwhile");
            tokio::time::sleep(unready).await;
        }
        let (sessions, running) = (state.sessions.len(), state.jobs.running());
        tracing::info!(sessions, running, "stopping");
        stop.send_replace(true);
        browser_handle.graceful_shutdown(Some(finish + CLOSE));
        agent_handle.graceful_shutdown(Some(finish + CLOSE));
        let working = async {
            let _ =
                (queue.await, schedule.await, bulk.await, judge.await, forget.await, tail.await);
            let _ = returning.await;
        };
        // A database that gives no answer keeps nobody from ending.
        if timeout(finish, working).await.is_err() {
            tracing::warn!("background work did not end; it is done again at the start");
        }
        reload.abort();
        minutes.abort();
        writable.abort();
        if !state.jobs.settle(finish).await {
            let running = state.jobs.running();
            tracing::warn!(running, "verifications did not end; they are done again at the start");
        }
        state.sessions.close_all();
        if !state.sessions.emptied(CLOSE).await {
            tracing::warn!(open = state.sessions.len(), "sessions did not close in time");
        }
        browsers.await??;
        agents.await??;
        // Until here it says that the server is not ready.
        if let Some(metrics) = metrics {
            metrics.abort();
        }
        replica.abort();
        let unanswered = StoreError::Unanswered { seconds: CLOSE.as_secs() };
        let left = timeout(CLOSE, command::leave_replicas(&state.ctx)).await;
        if let Err(error) = left.unwrap_or(Err(unanswered)) {
            tracing::warn!(%error, "others notice only in a few seconds that this server ended");
        }
        if timeout(CLOSE, state.ctx.store.close()).await.is_err() {
            tracing::warn!("the database did not say goodbye");
        }
        Serving::forget(&config.data_dir);
        tracing::info!("stopped");
        Ok(())
    }
}

/// If nobody can sign in yet: a code for whoever reads the server's console, and nobody else on the
/// network, to make the first administrator with. On standard output, not in the log, which goes
/// to other places.
async fn print_setup_code(state: &AppState, url: &str) -> anyhow::Result<()> {
    if query::has_operators(&state.ctx).await? {
        return Ok(());
    }
    match command::create_setup_code(&state.ctx, &Actor::Server).await {
        Ok(code) => println!(
            "Nobody can sign in yet. Open {url}/setup and enter this setup code, good once and \
             for {} hours:\n\n    {}\n\nAnother one: trustboard setup-code",
            command::SETUP_CODE_S / 3600,
            code.reveal()
        ),
        // Somebody was made in this very moment.
        Err(Refusal::Conflict { .. }) => {}
        Err(refusal) => return Err(refusal.into()),
    }
    Ok(())
}

/// The address at which this machine reaches a listener: one that listens everywhere is reached on
/// loopback too.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback: std::net::IpAddr = match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        address.set_ip(loopback);
    }
    address
}

/// Makes the data directory if there is none, for the owner alone.
pub fn data_dir(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}
