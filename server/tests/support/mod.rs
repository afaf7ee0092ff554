//! A server in the test's own process: a temporary database, a clock that stands still until it is
//! moved, requests without sockets, and agents that say what a test tells them to.

// Each test program uses a part of this.
#![allow(dead_code)]
#![expect(clippy::unwrap_used, reason = "a test's surroundings are made or the test fails")]

pub mod agent;
#[path = "../../../attest/tests/support/mod.rs"]
pub mod evidence;
pub mod pinned;
pub mod scratch;
pub mod tpm;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::event::Actor;
use trustboard_model::id::{ClusterId, DatacenterId, HostId, OperatorId};
use trustboard_model::policy::Policy;
use trustboard_model::rights::{Rights, Sees};
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{HostRow, Viewer};
use trustboard_server::clock::TestClock;
use trustboard_server::ctx::Ctx;
use trustboard_server::live::Live;
use trustboard_server::makers::Folder;
use trustboard_server::random::SeededRandom;
use trustboard_server::state::{AppState, Site};
use trustboard_server::store::Store;
use trustboard_server::{command, job, query, router, tail};

use self::scratch::Scratch;

/// Longer than anything in a test takes that goes well.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// An administrator who is in no record.
pub fn administrator() -> Viewer {
    Viewer::everywhere(OperatorId::from_random([9; 16]), "root", Role::Administrator)
}

/// A server with one datacenter and one cluster.
pub struct World {
    pub state: AppState,
    pub clock: Arc<TestClock>,
    pub datacenter: DatacenterId,
    pub cluster: ClusterId,
    browsers: Router,
    agents: Router,
    stop: watch::Sender<bool>,
    work: Vec<JoinHandle<()>>,
    dir: Arc<TempDir>,
    /// Where its records are, if they are not in that folder.
    scratch: Option<Arc<Scratch>>,
}

/// A folder with the certificates of the TPM maker of [`evidence`].
pub fn genuine_makers() -> Folder {
    let maker = evidence::maker::Maker::genuine();
    let mut folder = Folder::default();
    let files =
        [("root.crt", maker.root_certificate()), ("issuer.crt", maker.issuer_certificate())];
    for (file, der) in files {
        folder.add(file.as_ref(), der).unwrap();
    }
    folder
}

impl World {
    /// A server that trusts the TPM maker of [`evidence`].
    pub async fn new() -> Self {
        Self::reached_by(false).await
    }

    /// A server that browsers reach over TLS, or not.
    pub async fn reached_by(https: bool) -> Self {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        let clock = Arc::new(TestClock::new(evidence::NOW));
        let ctx = Ctx {
            store: Store::open(&dir.path().join("test.db")).await.unwrap(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(1)),
            live: Live::new(),
        };
        Self::on(ctx, clock, dir, None, https).await
    }

    /// A server that shares its work with [`World::another`].
    pub async fn replica() -> Self {
        Self::first(None).await
    }

    /// The same on PostgreSQL; nothing if there is no server for tests.
    pub async fn replica_on_postgres() -> Option<Self> {
        if Scratch::missing().is_some() {
            return None;
        }
        Some(Self::first(Some(Arc::new(Scratch::empty().await))).await)
    }

    async fn first(scratch: Option<Arc<Scratch>>) -> Self {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        Self::named(1, Arc::new(TestClock::new(evidence::NOW)), dir, scratch).await
    }

    /// Another server on the same database.
    pub async fn another(&self) -> Self {
        Self::named(2, Arc::clone(&self.clock), Arc::clone(&self.dir), self.scratch.clone()).await
    }

    async fn named(
        number: u8,
        clock: Arc<TestClock>,
        dir: Arc<TempDir>,
        scratch: Option<Arc<Scratch>>,
    ) -> Self {
        let store = match &scratch {
            None => Store::open(&dir.path().join("test.db")).await,
            Some(scratch) => Store::at(&scratch.location()).await,
        };
        let ctx = Ctx {
            store: store.unwrap().of_replica([number; 16]),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(number.into())),
            live: Live::new(),
        };
        command::keep_replica(&ctx, None).await.unwrap();
        let mut world = Self::on(ctx, clock, dir, scratch, false).await;
        world.work.push(tokio::spawn(job::replica::run(world.state.clone())));
        world.work.push(tokio::spawn(job::returning::run(world.state.clone())));
        world
    }

    async fn on(
        ctx: Ctx,
        clock: Arc<TestClock>,
        dir: Arc<TempDir>,
        scratch: Option<Arc<Scratch>>,
        https: bool,
    ) -> Self {
        let console = Actor::Console("test".to_owned());
        let known = query::inventory(&ctx, &Sees::Everything).await.unwrap();
        let (datacenter, cluster) = if let Some(known) = known.datacenters.first() {
            (known.id, known.clusters[0].id)
        } else {
            let made = command::create_datacenter(&ctx, &console, "Berlin").await.unwrap();
            let policy = Policy::linux_server();
            let cluster = command::create_cluster(&ctx, &console, made, "Rack-1", policy);
            (made, cluster.await.unwrap())
        };
        let site = Site { https, public_url: None, fingerprint: Sha256([9; 32]) };
        let (state, stop) = AppState::new(ctx, NonZeroUsize::MIN, genuine_makers(), site);
        let work = vec![
            tokio::spawn(job::queue::run(state.clone())),
            tokio::spawn(job::schedule::run(state.clone())),
            tokio::spawn(job::arrivals::run(state.clone())),
            tokio::spawn(job::contexts::run(state.clone())),
            tokio::spawn(job::enrol::run(state.clone())),
            tokio::spawn(job::steady::run(state.clone())),
            tokio::spawn(job::renew::run(state.clone())),
            tokio::spawn(job::record::run(state.clone())),
            tokio::spawn(job::bulk::run(state.clone())),
            tokio::spawn(job::judge_again::run(state.clone())),
            tokio::spawn(tail::run(state.clone())),
        ];
        Self {
            browsers: router::browsers(state.clone()),
            agents: router::agents(state.clone()),
            state,
            clock,
            datacenter,
            cluster,
            stop,
            work,
            dir,
            scratch,
        }
    }

    /// The same database as another process sees it: a `trustboard` command beside the server.
    pub async fn beside(&self) -> Ctx {
        Ctx {
            store: Store::open(&self.dir.path().join("test.db")).await.unwrap(),
            random: Arc::new(SeededRandom::new(2)),
            live: Live::new(),
            ..self.state.ctx.clone()
        }
    }

    /// Somebody with this role everywhere, or with these rights, signed in.
    pub async fn sign_in(&self, name: &str, rights: impl Into<Rights>) -> Session {
        let (ctx, console) = (&self.state.ctx, Actor::Console("test".to_owned()));
        command::create_operator(ctx, &console, name, rights, None).await.unwrap();
        let code = command::create_sign_in_code(ctx, &console, name, 60).await.unwrap();
        let form = format!("code={}", to_hex(&code));
        let answer = self.post("/sign-in").form(&form).send().await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        answer.session().unwrap()
    }

    /// An enrolment token's secret, good for `uses` hosts.
    pub async fn token(&self, uses: u32) -> [u8; 32] {
        let console = Actor::Console("test".to_owned());
        let made = command::create_token(&self.state.ctx, &console, self.cluster, 3600, uses).await;
        made.unwrap().1
    }

    /// Waits until no stored evidence waits to be judged again.
    pub async fn judged(&self) {
        job::judge_again::judge_all(&self.state).await.unwrap();
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        Ask::new(&self.browsers, "GET", path)
    }

    /// A post that comes from our own pages.
    pub fn post(&self, path: &str) -> Ask<'_> {
        Ask::new(&self.browsers, "POST", path).header("sec-fetch-site", "same-origin")
    }

    /// A change from our own pages.
    pub fn put(&self, path: &str) -> Ask<'_> {
        Ask::new(&self.browsers, "PUT", path).header("sec-fetch-site", "same-origin")
    }

    /// Runs a statement past the server, as somebody with a shell could.
    pub async fn tamper(&self, statement: &'static str) {
        let options =
            sqlx::sqlite::SqliteConnectOptions::new().filename(self.dir.path().join("test.db"));
        let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    }

    /// A post of an agent.
    pub fn agent_post(&self, path: &str) -> Ask<'_> {
        Ask::new(&self.agents, "POST", path)
    }

    pub fn agent_get(&self, path: &str) -> Ask<'_> {
        Ask::new(&self.agents, "GET", path)
    }

    /// What Prometheus reads on the listener of its own.
    pub async fn metrics(&self) -> String {
        let routes = router::metrics(self.state.clone());
        let answer = Ask::new(&routes, "GET", "/metrics").send().await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.text().to_owned()
    }

    /// Opens the agents' listener on a real socket, for sessions.
    pub async fn listen_to_agents(&mut self) -> SocketAddr {
        self.listen(self.agents.clone()).await
    }

    /// Opens the browsers' listener on a real socket, for streams.
    pub async fn listen_to_browsers(&mut self) -> SocketAddr {
        self.listen(self.browsers.clone()).await
    }

    async fn listen(&mut self, routes: Router) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = routes.into_make_service_with_connect_info::<SocketAddr>();
        self.work.push(tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }));
        address
    }

    /// The host's row.
    pub async fn row(&self, host: HostId) -> HostRow {
        query::row(&self.state.ctx, &Sees::Everything, host).await.unwrap()
    }

    /// Waits until the host's row is as `wanted` says; gives it.
    pub async fn row_when(&self, host: HostId, wanted: impl Fn(&HostRow) -> bool) -> HostRow {
        let mut hints = self.state.ctx.live.subscribe();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let row = self.row(host).await;
            if wanted(&row) {
                return row;
            }
            let hint = tokio::time::timeout_at(deadline, hints.recv()).await;
            assert!(hint.is_ok(), "the row did not become what was expected: {row:#?}");
        }
    }

    /// Codes of all events so far.
    pub async fn events(&self) -> Vec<&'static str> {
        let first = trustboard_model::event::EventSeq(1);
        let events = query::audit(&self.state.ctx, &administrator(), first, 1000).await.unwrap();
        events.iter().map(|event| event.kind.code()).collect()
    }

    /// Waits until no verification runs.
    pub async fn idle(&self) {
        assert!(self.state.jobs.settle(PATIENCE).await);
    }

    /// Ends the server as if its machine had failed: it does nothing more, and writes nothing.
    pub async fn crash(&self) {
        for work in &self.work {
            work.abort();
        }
        self.state.ctx.store.close().await;
    }

    /// Tells the server to stop.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        use trustboard_server::clock::Clock as _;
        self.clock.now()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        for work in &self.work {
            work.abort();
        }
    }
}

/// A signed-in operator's cookie.
#[derive(Debug, Clone)]
pub struct Session(pub String);

/// A request that is being put together.
pub struct Ask<'a> {
    router: &'a Router,
    request: http::request::Builder,
    body: Vec<u8>,
}

impl<'a> Ask<'a> {
    fn new(router: &'a Router, method: &str, path: &str) -> Self {
        let request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
        Self { router, request, body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request
            .headers_mut()
            .unwrap()
            .insert(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().unwrap().remove(name);
        self
    }

    pub fn by(self, session: &Session) -> Self {
        self.header(COOKIE.as_str(), &session.0)
    }

    pub fn json(self, body: &Value) -> Self {
        self.header(CONTENT_TYPE.as_str(), "application/json").body(body.to_string().as_bytes())
    }

    pub fn form(self, body: &str) -> Self {
        self.header(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")
            .body(body.as_bytes())
    }

    pub fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub async fn send(self) -> Answer {
        let mut request = self.request.body(Body::from(self.body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4711))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 16 * 1024 * 1024).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// Status and the refusal's code and words, on one line.
    pub fn refusal(&self) -> String {
        let json = self.json();
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}: {}", self.status.as_u16(), text("refusal"), text("message"))
    }

    /// Status and the refusal of an agent's endpoint.
    pub fn agent_refusal(&self) -> String {
        #[derive(serde::Deserialize)]
        struct Wire {
            code: String,
            problem: String,
        }
        let Wire { code, problem } = ciborium::from_reader(&self.body[..]).unwrap();
        format!("{} {code}: {problem}", self.status.as_u16())
    }

    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).unwrap().to_str().unwrap()
    }

    /// The session that was opened, if one was.
    pub fn session(&self) -> Option<Session> {
        let line = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        Some(Session(line.split(';').next().unwrap().to_owned()))
    }
}
