//! What every request, session and job shares; cheap to clone.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, watch};
use trustboard_attest::Makers;
use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_model::digest::Sha256;
use trustboard_model::id::{HostId, OperatorId};
use trustboard_model::view::{Retention, Returning};

use crate::auth::limit::Limiter;
use crate::config::JOBS_DAYS;
use crate::ctx::Ctx;
use crate::http::api::MOST_STREAMS;
use crate::job::Jobs;
use crate::makers::{self, Folder, InForce};
use crate::returning::{GRACE, Returns};
use crate::session::Registry;
use crate::standards::Shelf;
use crate::store::StoreError;
use crate::vitals::Vitals;

/// The shared state.
#[derive(Clone)]
pub struct AppState {
    /// Storage, time, randomness, live hints.
    pub ctx: Ctx,
    /// Agents' sessions.
    pub sessions: Arc<Registry>,
    /// Running verifications.
    pub jobs: Arc<Jobs>,
    /// Certificates of TPM makers, replaced as a whole when they change.
    makers: Arc<MakersState>,
    /// What the hosts of each cluster are judged by.
    pub shelf: Arc<Shelf>,
    /// The official list of revocations, replaced as a whole on SIGHUP.
    pub revocations: Arc<RwLock<Option<Arc<OfficialRevocations>>>>,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// How this server is reached.
    pub site: Arc<Site>,
    /// For how long the past is kept.
    pub retention: Retention,
    /// For how many days jobs, actions on many hosts and reports of imports are kept.
    pub jobs_days: u32,
    /// For how long agents are waited for whose server ended.
    pub grace: Duration,
    /// Which servers ended, and how many of their agents have not come back.
    pub returns: Arc<Returns>,
    /// What this process knows of itself.
    pub vitals: Arc<Vitals>,
    /// Whether anybody has ever been let in; see [`crate::http::first_run`].
    pub claimed: Arc<AtomicBool>,
    /// The server is about to stop: it still answers, and load balancers are told to turn away.
    pub leaving: Arc<AtomicBool>,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl AppState {
    /// The state of a server at its start, and what tells it to stop.
    pub fn new(
        ctx: Ctx,
        verifications: NonZeroUsize,
        folder: Folder,
        site: Site,
    ) -> (Self, watch::Sender<bool>) {
        let (stop, stopping) = watch::channel(false);
        let state = Self {
            ctx,
            sessions: Arc::default(),
            jobs: Arc::new(Jobs::new(verifications)),
            makers: Arc::new(MakersState::new(folder)),
            shelf: Arc::default(),
            revocations: Arc::default(),
            limits: Arc::default(),
            site: Arc::new(site),
            retention: Retention::DEFAULT,
            jobs_days: JOBS_DAYS,
            grace: GRACE,
            returns: Arc::default(),
            vitals: Arc::default(),
            claimed: Arc::default(),
            leaving: Arc::default(),
            stopping,
        };
        (state, stop)
    }

    /// The makers' certificates that chains are built with, as they are now.
    pub fn makers(&self) -> Arc<Makers> {
        self.makers_in_force().set()
    }

    /// The makers' certificates as they are now.
    pub fn makers_in_force(&self) -> Arc<InForce> {
        self.makers.in_force.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts the makers' certificates of the folder and the database in force, all at once.
    pub async fn load_makers(&self) -> Result<(), StoreError> {
        // One at a time: what was read first must not take the place of what was read last.
        let _turn = self.makers.turn.lock().await;
        let folder = self.makers.folder.read().unwrap_or_else(PoisonError::into_inner).clone();
        let loaded = makers::load(&self.ctx, folder).await?;
        let mut in_force = self.makers.in_force.write().unwrap_or_else(PoisonError::into_inner);
        *in_force = Arc::new(loaded);
        Ok(())
    }

    /// Takes what the folder of makers' certificates holds now. It counts once they are loaded.
    pub fn replace_makers_folder(&self, folder: Folder) {
        *self.makers.folder.write().unwrap_or_else(PoisonError::into_inner) = folder;
    }

    /// The official list of revocations as it is now, if the server was given one.
    pub fn revocations(&self) -> Option<Arc<OfficialRevocations>> {
        self.revocations.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another official list of revocations in its place.
    pub fn replace_revocations(&self, list: OfficialRevocations) {
        *self.revocations.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(list));
    }

    /// Agents that were connected to a server which ended, and have not come back yet: as of a second
    /// ago at most. Nothing if there are none. Costs a look into memory.
    pub fn returning(&self) -> Option<Returning> {
        self.returns.all()
    }

    /// Waits until the server stops.
    pub async fn stopped(&self) {
        // An error says that the server is gone altogether.
        let _ = self.stopping.clone().wait_for(|stopping| *stopping).await;
    }
}

/// The makers' certificates: what the folder holds, and what is in force.
struct MakersState {
    folder: RwLock<Folder>,
    in_force: RwLock<Arc<InForce>>,
    /// Held while they are loaded.
    turn: Mutex<()>,
}

impl MakersState {
    /// The folder alone, until the database was read.
    fn new(folder: Folder) -> Self {
        let in_force = InForce::of(&folder, Vec::new(), Vec::new());
        Self {
            folder: RwLock::new(folder),
            in_force: RwLock::new(Arc::new(in_force)),
            turn: Mutex::new(()),
        }
    }
}

/// How this server is reached.
#[derive(Debug, Clone)]
pub struct Site {
    /// Browsers come over TLS: cookies are `Secure`, HSTS is sent.
    pub https: bool,
    /// `scheme://host[:port]` if it was configured; else the `Host` header is taken.
    pub public_url: Option<String>,
    /// The fingerprint of the agents' certificate, for enrolment tokens.
    pub fingerprint: Sha256,
}

impl Limits {
    /// A host's turn to come in.
    pub async fn arrival(&self) -> Option<OwnedSemaphorePermit> {
        // Never closed, so it always gives a turn in the end.
        Arc::clone(&self.arrivals).acquire_owned().await.ok()
    }
}

/// Rate limits, by who is limited.
#[derive(Debug)]
pub struct Limits {
    /// Sign-in attempts of one address for one name.
    pub sign_in: Limiter<(IpAddr, String)>,
    /// Sign-in attempts of one address: names cannot be tried one after the other.
    pub sign_in_address: Limiter<IpAddr>,
    /// Enrolment requests of one address.
    pub enrol: Limiter<IpAddr>,
    /// Sessions of one address that were opened with a wrong credential.
    pub credential: Limiter<IpAddr>,
    /// Wrong guesses at the own password of somebody who is signed in.
    pub own_password: Limiter<OperatorId>,
    /// Requests of one address with an API key that is none.
    pub key: Limiter<IpAddr>,
    /// Sessions that one host opens.
    pub sessions: Limiter<HostId>,
    /// Hosts that come in at a time: sessions being opened, and enrolments. Only what the record is
    /// asked for them is counted, not what they wait for themselves.
    pub arrivals: Arc<Semaphore>,
    /// Messages of one host.
    pub messages: Arc<Limiter<HostId>>,
    /// Live streams at a time.
    pub streams: Arc<Semaphore>,
    /// Passwords that are verified at a time.
    pub passwords: Arc<Semaphore>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: Limiter::new(10, 30_000),
            sign_in_address: Limiter::new(50, 5_000),
            // A rack behind one NAT address enrols at once. What a token was good for does not
            // count: its number of uses is the limit then.
            enrol: Limiter::new(500, 200),
            credential: Limiter::new(20, 10_000),
            own_password: Limiter::new(5, 60_000),
            key: Limiter::new(20, 10_000),
            // An agent comes back after a quarter of a second, and ever later. Each session is an
            // event or two for ever.
            sessions: Limiter::new(30, 6_000).of_known_callers(),
            // Those who share a transaction; ten thousand that come back at once would keep
            // operators waiting for seconds.
            arrivals: Arc::new(Semaphore::new(64)),
            // A verification takes three messages and a heartbeat one in 20 s.
            messages: Arc::new(Limiter::new(120, 250).of_known_callers()),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            passwords: Arc::new(Semaphore::new(4)),
        }
    }
}
