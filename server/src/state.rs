//! What every request, session and job shares; cheap to clone.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{Semaphore, watch};
use trustboard_attest::Makers;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use crate::auth::limit::Limiter;
use crate::ctx::Ctx;
use crate::http::api::MOST_STREAMS;
use crate::job::Jobs;
use crate::session::Registry;
use crate::standards::Shelf;

/// The shared state.
#[derive(Clone)]
pub struct AppState {
    /// Storage, time, randomness, live hints.
    pub ctx: Ctx,
    /// Agents' sessions.
    pub sessions: Arc<Registry>,
    /// Running verifications.
    pub jobs: Arc<Jobs>,
    /// Certificates of TPM makers, replaced as a whole on SIGHUP.
    pub makers: Arc<RwLock<Arc<Makers>>>,
    /// What the hosts of each cluster are judged by.
    pub shelf: Arc<Shelf>,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// How this server is reached.
    pub site: Arc<Site>,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl AppState {
    /// The state of a server at its start, and what tells it to stop.
    pub fn new(
        ctx: Ctx,
        verifications: NonZeroUsize,
        makers: Makers,
        site: Site,
    ) -> (Self, watch::Sender<bool>) {
        let (stop, stopping) = watch::channel(false);
        let state = Self {
            ctx,
            sessions: Arc::default(),
            jobs: Arc::new(Jobs::new(verifications)),
            makers: Arc::new(RwLock::new(Arc::new(makers))),
            shelf: Arc::default(),
            limits: Arc::default(),
            site: Arc::new(site),
            stopping,
        };
        (state, stop)
    }

    /// The makers' certificates as they are now.
    pub fn makers(&self) -> Arc<Makers> {
        self.makers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until the server stops.
    pub async fn stopped(&self) {
        // An error says that the server is gone altogether.
        let _ = self.stopping.clone().wait_for(|stopping| *stopping).await;
    }

    /// Puts other makers' certificates in their place.
    pub fn replace_makers(&self, makers: Makers) {
        *self.makers.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(makers);
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
            // A rack behind one NAT address enrols at once.
            enrol: Limiter::new(500, 200),
            credential: Limiter::new(20, 10_000),
            // A verification takes three messages and a heartbeat one in 20 s.
            messages: Arc::new(Limiter::new(120, 250)),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            passwords: Arc::new(Semaphore::new(4)),
        }
    }
}
