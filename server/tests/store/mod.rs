//! The world in which the stories play: a database, a clock that is moved by hand, seeded
//! randomness.

pub mod acts;
pub mod alarms;
pub mod appraisals;
pub mod arrangement;
pub mod arrivals;
pub mod bulk;
pub mod chain;
pub mod durability;
pub mod enrolment;
pub mod events;
pub mod evidence;
pub mod find;
pub mod identity;
pub mod inventory;
pub mod jobs;
pub mod operators;
pub mod past;
pub mod postgres;
pub mod presence;
pub mod recorded;
pub mod renewed;
pub mod replicas;
pub mod schemas;
#[path = "../support/scratch.rs"]
pub mod scratch;
pub mod security;
pub mod sqlite;
pub mod standards;
pub mod steady;
pub mod views;

use std::sync::Arc;

use trustboard_model::event::{Actor, EventSeq};
use trustboard_model::facts::{HostFacts, TpmFacts, TpmInterface};
use trustboard_model::id::{ClusterId, DatacenterId, HostId, OperatorId};
use trustboard_model::job::Trigger;
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{CommandDone, HostAction, HostCommand, HostRow, Viewer};
use trustboard_server::clock::TestClock;
use trustboard_server::command::{self, Recorded};
use trustboard_server::ctx::Ctx;
use trustboard_server::live::Live;
use trustboard_server::query;
use trustboard_server::random::SeededRandom;
use trustboard_server::store::Store;

use self::evidence::Says;

/// A database that a story can be told on.
pub trait Database: Sized {
    /// Why no story can be told on it here, if none can.
    fn missing() -> Option<&'static str> {
        None
    }
    /// A new, empty one.
    async fn new() -> Self;
    /// Opens it, as the server does at its start.
    async fn open(&self) -> Store;
    /// Runs a statement past the server, as somebody with a shell could.
    async fn tamper(&self, statement: String);
    /// Every byte that is stored.
    async fn bytes(&self) -> Vec<u8>;
}

pub const START: Timestamp = Timestamp(1_800_000_000_000);
pub const TOKEN_S: u32 = 3600;

pub fn console() -> Actor {
    Actor::Console("root".to_owned())
}

pub fn viewer(name: &str, role: Role) -> Viewer {
    Viewer::everywhere(OperatorId::from_random([9; 16]), name, role)
}

pub fn facts(hostname: &str) -> HostFacts {
    HostFacts {
        hostname: hostname.to_owned(),
        machine_id: None,
        boot_id: Some("boot-1".to_owned()),
        os_id: Some("debian".to_owned()),
        os_name: Some("Debian GNU/Linux 12 (bookworm)".to_owned()),
        os_version: Some("12".to_owned()),
        kernel: None,
        agent_version: "0.1.0".to_owned(),
        secure_boot_variable: None,
        log_absent: None,
        tpm: None,
        tpm_problem: None,
    }
}

pub fn facts_with_tpm(hostname: &str) -> HostFacts {
    let tpm = TpmFacts {
        family: "2.0".to_owned(),
        manufacturer: "IBM".to_owned(),
        model: "SW TPM".to_owned(),
        firmware: "8217.4131.22.13878".to_owned(),
        interface: TpmInterface::Crb,
        active_banks: vec![trustboard_model::digest::HashAlg::Sha256],
    };
    HostFacts { tpm: Some(tpm), ..facts(hostname) }
}

/// One story's world.
pub struct World<D> {
    pub db: D,
    pub ctx: Ctx,
    pub clock: Arc<TestClock>,
}

impl<D: Database> World<D> {
    pub async fn new() -> Self {
        let db = D::new().await;
        let clock = Arc::new(TestClock::new(START));
        let random = Arc::new(SeededRandom::new(1));
        let store = db.open().await;
        let ctx = Ctx { store, clock: clock.clone(), random, live: Live::new() };
        Self { db, ctx, clock }
    }

    /// The same database after the server was ended and started again.
    pub async fn restarted(mut self) -> Self {
        self.ctx.store.close().await;
        self.ctx.store = self.db.open().await;
        self
    }

    pub async fn datacenter(&self, name: &str) -> DatacenterId {
        command::create_datacenter(&self.ctx, &console(), name).await.unwrap()
    }

    pub async fn cluster(&self, datacenter: DatacenterId, name: &str) -> ClusterId {
        let policy = Policy::linux_server();
        command::create_cluster(&self.ctx, &console(), datacenter, name, policy).await.unwrap()
    }

    /// A datacenter `Berlin` with a cluster `web`.
    pub async fn berlin(&self) -> (DatacenterId, ClusterId) {
        let datacenter = self.datacenter("Berlin").await;
        (datacenter, self.cluster(datacenter, "web").await)
    }

    pub async fn token(&self, cluster: ClusterId, uses: u32) -> [u8; 32] {
        command::create_token(&self.ctx, &console(), cluster, TOKEN_S, uses).await.unwrap().1
    }

    /// A host that enrolled without a TPM.
    pub async fn host(&self, cluster: ClusterId, name: &str) -> HostId {
        let token = self.token(cluster, 1).await;
        command::enrol_without_tpm(&self.ctx, &token, &facts(name)).await.unwrap().0
    }

    /// The only host of a world that needs just one.
    pub async fn only_host(&self) -> HostId {
        let (_, cluster) = self.berlin().await;
        self.host(cluster, "web-1").await
    }

    pub async fn row(&self, host: HostId) -> HostRow {
        query::row(&self.ctx, &Sees::Everything, host).await.unwrap()
    }

    /// Records a scheduled appraisal.
    pub async fn record(&self, host: HostId, says: Says) -> Recorded {
        self.record_for(host, says, Trigger::Scheduled).await
    }

    pub async fn record_for(&self, host: HostId, says: Says, trigger: Trigger) -> Recorded {
        let recording = evidence::recording(host, says, self.now(), trigger);
        command::record_appraisal(&self.ctx, recording).await.unwrap().unwrap()
    }

    /// Ada, an operator, acts on a host as she sees it now.
    pub async fn act(&self, host: HostId, action: HostAction) -> Result<CommandDone, Refusal> {
        let revision = self.row(host).await.revision;
        self.act_at(host, revision, action).await
    }

    /// Ada acts on a host as it was at `revision`.
    pub async fn act_at(
        &self,
        host: HostId,
        revision: u64,
        action: HostAction,
    ) -> Result<CommandDone, Refusal> {
        let ada = viewer("ada", Role::Approver);
        command::act_on_host(&self.ctx, &ada, &HostCommand { host, revision, action }).await
    }

    pub fn now(&self) -> Timestamp {
        use trustboard_server::clock::Clock;
        self.clock.now()
    }

    /// Where the chain of events ends.
    pub async fn seq(&self) -> EventSeq {
        assert_eq!(command::recount(&self.ctx).await.unwrap(), 0, "what is counted is there");
        let events = self.events_from(EventSeq(1)).await;
        EventSeq(events.len().try_into().unwrap())
    }

    async fn events_from(&self, from: EventSeq) -> Vec<trustboard_model::event::Event> {
        query::audit(&self.ctx, &viewer("root", Role::Administrator), from, 10_000).await.unwrap()
    }

    /// The codes of the events after `seq`.
    pub async fn codes_after(&self, seq: EventSeq) -> Vec<&'static str> {
        let events = self.events_from(EventSeq(seq.0 + 1)).await;
        events.iter().map(|event| event.kind.code()).collect()
    }
}

/// What a refusal says, for asserting on its kind.
pub fn invalid_field<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    match result.unwrap_err() {
        Refusal::Invalid { field, .. } => field,
        other => panic!("not an invalid field: {other:?}"),
    }
}

/// Whether it was refused as a conflict.
pub fn conflicts<T: std::fmt::Debug>(result: Result<T, Refusal>) -> bool {
    matches!(result.unwrap_err(), Refusal::Conflict { .. })
}

/// What there is none of.
pub fn missing<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    match result.unwrap_err() {
        Refusal::NotFound { what } => what,
        other => panic!("not missing: {other:?}"),
    }
}
