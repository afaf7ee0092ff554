//! What a running server knows of itself: for the page of its health.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use trustboard_model::time::Timestamp;
use trustboard_model::view::{CertificateHealth, ChainProgress, KeptKind, VerificationRate};

use crate::enrol_command::{is_plain_host, without_port};
use crate::lateness::Lateness;
use crate::state::Site;
use crate::store::Held;

/// Minutes over which verifications are counted.
const MINUTES: i64 = 60;

/// For how long a count of what is kept stands, in milliseconds: whole tables are counted for it.
const COUNTED_FOR_MS: i64 = 5 * 60 * 1000;

/// What is known since the server started. Empty until somebody says so: tests need none of it.
#[derive(Debug, Default)]
pub struct Vitals {
    /// What was known at the start.
    begun: OnceLock<Begun>,
    /// Verifications by the minute.
    minutes: Mutex<Minutes>,
    /// When what is kept was last tidied, and how much that took away, by kind.
    tidied: Mutex<BTreeMap<KeptKind, (Timestamp, u64)>>,
    /// How late verifications are.
    lateness: Mutex<Lateness>,
    /// How much is kept of each kind, and when that was counted.
    held: tokio::sync::Mutex<Option<(Timestamp, Vec<Held>)>>,
    /// The verification of the chain that runs.
    pub chain: Mutex<Option<ChainProgress>>,
}

/// What a server knows when it starts.
#[derive(Debug, Clone)]
pub struct Begun {
    /// When.
    pub at: Timestamp,
    /// The file of the database, if it is one.
    pub database: Option<PathBuf>,
    /// The certificates that it shows.
    pub certificates: Vec<CertificateHealth>,
    /// Where agents connect, as this machine reaches it: `https://127.0.0.1:8443`.
    pub agents: String,
}

/// Counts of the latest minutes, the oldest first: the minute since 1970, and how many.
#[derive(Debug, Default)]
struct Minutes(Vec<(i64, u64)>);

impl Vitals {
    /// Notes what is known at the start. Later calls change nothing.
    pub fn begin(&self, begun: Begun) {
        let _ = self.begun.set(begun);
    }

    /// What was known at the start.
    pub fn begun(&self) -> Option<&Begun> {
        self.begun.get()
    }

    /// Notes that a kind was tidied, and how much that took away.
    pub fn note_tidied(&self, kind: KeptKind, at: Timestamp, removed: u64) {
        let mut tidied = self.tidied.lock().unwrap_or_else(PoisonError::into_inner);
        tidied.insert(kind, (at, removed));
    }

    /// When a kind was last tidied, and how much that took away.
    pub fn tidied(&self, kind: KeptKind) -> Option<(Timestamp, u64)> {
        self.tidied.lock().unwrap_or_else(PoisonError::into_inner).get(&kind).copied()
    }

    /// How late verifications are.
    pub fn lateness(&self) -> MutexGuard<'_, Lateness> {
        self.lateness.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much is kept of each kind, and when that was counted: by `count`, unless it was lately.
    pub(crate) async fn held<E>(
        &self,
        now: Timestamp,
        count: impl Future<Output = Result<Vec<Held>, E>>,
    ) -> Result<(Timestamp, Vec<Held>), E> {
        // Whoever comes meanwhile waits for the same.
        let mut held = self.held.lock().await;
        if let Some((at, known)) = &*held
            && (0..COUNTED_FOR_MS).contains(&now.millis_since(*at))
        {
            return Ok((*at, known.clone()));
        }
        let counted = count.await?;
        *held = Some((now, counted.clone()));
        Ok((now, counted))
    }

    /// Counts a verification that ended with an appraisal.
    pub fn count_verification(&self, now: Timestamp) {
        self.count_verifications(now, 1);
    }

    /// Counts so many.
    pub fn count_verifications(&self, now: Timestamp, verifications: u64) {
        let minute = now.0.div_euclid(60_000);
        let mut minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        match minutes.0.last_mut() {
            Some((known, count)) if *known == minute => *count += verifications,
            _ => minutes.0.push((minute, verifications)),
        }
        minutes.0.retain(|(known, _)| *known > minute - MINUTES);
    }

    /// Verifications in the last hour, or since the start if that is less.
    pub fn rate(&self, now: Timestamp) -> VerificationRate {
        let minute = now.0.div_euclid(60_000);
        let minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = minutes.0.iter().filter(|(known, _)| *known > minute - MINUTES);
        let count = recent.map(|(_, count)| count).sum();
        let up_s = self.begun().map_or(0, |begun| now.millis_since(begun.at) / 1000);
        let seconds = u32::try_from(up_s.clamp(0, MINUTES * 60)).unwrap_or(0);
        VerificationRate { count, seconds }
    }

    /// The address for agents: by the name under which browsers reach this server, if it is known,
    /// and with the port that agents have.
    pub fn agents(&self, site: &Site, reached_as: Option<&str>) -> String {
        let own = self.begun().map_or("https://HOST:8443", |begun| begun.agents.as_str());
        let port = own.rsplit_once(':').map_or("8443", |(_, port)| port);
        let public = site.public_url.as_deref().and_then(|url| url.split_once("://"));
        let public = public.map(|(_, rest)| rest.split('/').next().unwrap_or_default());
        let host = public.or(reached_as).map(without_port).filter(|host| is_plain_host(host));
        host.map_or_else(|| own.to_owned(), |host| format!("https://{host}:{port}"))
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::digest::Sha256;

    use super::*;

    fn begun(vitals: &Vitals, at: i64) {
        vitals.begin(Begun {
            at: Timestamp(at),
            database: None,
            certificates: Vec::new(),
            agents: "https://127.0.0.1:9443".to_owned(),
        });
    }

    #[test]
    fn verifications_are_counted_for_an_hour() {
        let vitals = Vitals::default();
        begun(&vitals, 0);
        for minute in 0..90 {
            vitals.count_verification(Timestamp(minute * 60_000));
            vitals.count_verification(Timestamp(minute * 60_000 + 59_000));
        }
        let rate = vitals.rate(Timestamp(89 * 60_000 + 59_999));
        assert_eq!(rate, VerificationRate { count: 120, seconds: 3600 });
        assert_eq!(vitals.rate(Timestamp(200 * 60_000)).count, 0);
        let young = Vitals::default();
        begun(&young, 0);
        young.count_verification(Timestamp(1000));
        let rate = young.rate(Timestamp(90_000));
        assert_eq!(rate, VerificationRate { count: 1, seconds: 90 });
    }

    #[tokio::test]
    async fn what_is_kept_is_counted_now_and_then() {
        let vitals = Vitals::default();
        let held = |rows| vec![Held { kind: KeptKind::Events, rows, oldest: None }];
        let counted = async |now: i64, rows| {
            let count = async { Ok::<_, ()>(held(rows)) };
            let (at, held) = vitals.held(Timestamp(now), count).await.unwrap();
            (at.0, held[0].rows)
        };
        assert_eq!(counted(1000, 7).await, (1000, 7));
        assert_eq!(counted(1000 + COUNTED_FOR_MS - 1, 8).await, (1000, 7));
        assert_eq!(counted(1000 + COUNTED_FOR_MS, 8).await, (1000 + COUNTED_FOR_MS, 8));
        // The clock was set back.
        assert_eq!(counted(500, 9).await, (500, 9));
        let failed = async { Err::<Vec<Held>, _>("no database") };
        assert_eq!(vitals.held(Timestamp(1_000_000), failed).await, Err("no database"));
    }

    #[test]
    fn agents_are_told_the_name_that_browsers_use() {
        let vitals = Vitals::default();
        begun(&vitals, 0);
        let site = |public_url: Option<&str>| Site {
            https: true,
            public_url: public_url.map(str::to_owned),
            fingerprint: Sha256([0; 32]),
        };
        let of =
            |public: Option<&str>, reached: Option<&str>| vitals.agents(&site(public), reached);
        let public = Some("https://trust.example");
        assert_eq!(of(public, Some("10.0.0.1:8080")), "https://trust.example:9443");
        assert_eq!(of(None, Some("10.0.0.1:8080")), "https://10.0.0.1:9443");
        assert_eq!(of(None, None), "https://127.0.0.1:9443");
        assert_eq!(of(None, Some("$(evil):1")), "https://127.0.0.1:9443");
    }
}
