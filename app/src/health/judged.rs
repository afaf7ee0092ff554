//! What is good, what is not, and from when on: plain values, so that every rule has a test.

use trustboard_model::time::Timestamp;
use trustboard_model::view::{CertificateHealth, Health, ShownTo};

use crate::component::Sign;
use crate::text::AdminWord;

/// A write-ahead log above this, in bytes, is not folded into the database as it should be: a reader
/// stays open, or the disk does not keep up. It is folded from 16 MB on.
const LONG_LOG: u64 = 256 * 1024 * 1024;

/// The oldest job may wait this long, in seconds: a verification takes a few.
const LONG_WAIT_S: i64 = 60;

/// Below this part of the disk free, or this many bytes, somebody should make room.
const LITTLE_FREE: u64 = 10;
const LEAST_FREE: u64 = 1024 * 1024 * 1024;

/// Days before the end of a certificate in which it should be replaced.
const EXPIRES_SOON_S: i64 = 21 * 24 * 3600;

/// Live streams above this part of what there may be, in percent, are many.
const MANY_STREAMS: u32 = 90;

/// How something is, and what to do if it is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judged {
    pub sign: Sign,
    pub remedy: Option<AdminWord>,
}

const GOOD: Judged = Judged { sign: Sign::Good, remedy: None };

fn warn(remedy: AdminWord) -> Judged {
    Judged { sign: Sign::Warning, remedy: Some(remedy) }
}

fn bad(remedy: AdminWord) -> Judged {
    Judged { sign: Sign::Bad, remedy: Some(remedy) }
}

/// The write-ahead log.
pub(super) fn log(health: &Health) -> Judged {
    match health.database.log_bytes {
        Some(bytes) if bytes > LONG_LOG => warn(AdminWord::LogRemedy),
        _ => GOOD,
    }
}

/// The backup.
pub(super) fn backup(health: &Health) -> Judged {
    match health.database.backed_up_at {
        Some(_) => GOOD,
        None => Judged { sign: Sign::Unknown, remedy: Some(AdminWord::BackupRemedy) },
    }
}

/// What waits.
pub(super) fn jobs(health: &Health) -> Judged {
    let waits = health.jobs.oldest.map_or(0, |since| health.now.millis_since(since) / 1000);
    if waits > LONG_WAIT_S { warn(AdminWord::JobsRemedy) } else { GOOD }
}

/// The agents: whether all that were connected are.
pub(super) fn agents(health: &Health) -> Judged {
    let sign = if health.returning.is_some() { Sign::Warning } else { Sign::None };
    Judged { sign, remedy: None }
}

/// How far verifications are behind their intervals.
pub(super) fn schedule(health: &Health) -> Judged {
    if health.schedule.late.is_some() { warn(AdminWord::JobsRemedy) } else { GOOD }
}

/// The live streams.
pub(super) fn streams(health: &Health) -> Judged {
    let many =
        u64::from(health.streams) * 100 >= u64::from(health.most_streams) * u64::from(MANY_STREAMS);
    if many && health.most_streams > 0 { warn(AdminWord::StreamsRemedy) } else { GOOD }
}

/// The verifications of the last hour: agents are connected, so there must be some.
pub(super) fn rate(health: &Health) -> Judged {
    let nothing = health.rate.count == 0 && health.sessions > 0 && health.rate.seconds >= 3600;
    if nothing { warn(AdminWord::RateRemedy) } else { GOOD }
}

/// The disk.
pub(super) fn disk(health: &Health) -> Judged {
    match health.disk {
        None => Judged { sign: Sign::Unknown, remedy: None },
        Some(disk) if disk.free < LEAST_FREE / 4 => bad(AdminWord::DiskRemedy),
        Some(disk) if disk.free < LEAST_FREE || disk.free < disk.total / LITTLE_FREE => {
            warn(AdminWord::DiskRemedy)
        }
        Some(_) => GOOD,
    }
}

/// A certificate.
pub(super) fn certificate(certificate: &CertificateHealth, now: Timestamp) -> Judged {
    // Agents know it by its fingerprint: its end does not concern them.
    if certificate.shown_to == ShownTo::Agents {
        return GOOD;
    }
    match certificate.expires_at {
        None => Judged { sign: Sign::Unknown, remedy: None },
        Some(at) if at <= now => bad(AdminWord::CertificateRemedy),
        Some(at) if at <= now.plus_seconds(EXPIRES_SOON_S) => warn(AdminWord::CertificateRemedy),
        Some(_) => GOOD,
    }
}

/// The latest errors.
pub(super) fn errors(health: &Health) -> Judged {
    if health.errors.is_empty() { GOOD } else { warn(AdminWord::ErrorsRemedy) }
}

#[cfg(test)]
mod tests {
    use trustboard_model::view::{
        DatabaseHealth, DiskHealth, JobsHealth, Late, LoggedError, Returning, ScheduleHealth,
        VerificationRate,
    };

    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn well() -> Health {
        Health {
            version: "0.1.0".to_owned(),
            started_at: Timestamp(0),
            database: DatabaseHealth { bytes: 1, log_bytes: Some(1), backed_up_at: Some(NOW) },
            jobs: JobsHealth { queued: 0, running: 0, oldest: None, judge_again: 0 },
            sessions: 10,
            streams: 1,
            most_streams: 1000,
            returning: None,
            rate: VerificationRate { count: 10, seconds: 3600 },
            replicas: 1,
            certificates: Vec::new(),
            disk: Some(DiskHealth { free: 50 << 30, total: 100 << 30 }),
            schedule: ScheduleHealth::default(),
            read_only_since: None,
            kept: Vec::new(),
            kept_at: None,
            errors: Vec::new(),
            now: NOW,
        }
    }

    #[test]
    fn agents_that_are_waited_for_are_marked() {
        let returning = Returning { hosts: 3, until: NOW };
        let waiting = Health { returning: Some(returning), ..well() };
        assert_eq!((agents(&well()).sign, agents(&waiting).sign), (Sign::None, Sign::Warning));
    }

    #[test]
    fn what_is_well_needs_nothing() {
        let health = well();
        for judged in [
            log(&health),
            backup(&health),
            jobs(&health),
            schedule(&health),
            streams(&health),
            rate(&health),
            disk(&health),
            errors(&health),
        ] {
            assert_eq!(judged, GOOD);
        }
    }

    #[test]
    fn what_is_not_says_what_to_do() {
        let mut health = well();
        health.database = DatabaseHealth { bytes: 1, log_bytes: Some(1 << 30), backed_up_at: None };
        health.jobs.oldest = Some(NOW.plus_seconds(-61));
        health.schedule.late = Some(Late { since: NOW, by_s: 20 });
        health.streams = 950;
        health.rate.count = 0;
        health.disk = Some(DiskHealth { free: 9 << 30, total: 100 << 30 });
        let (at, part, message) = (NOW, "trustboard".to_owned(), "broke".to_owned());
        health.errors = vec![LoggedError { at, part, message }];
        for judged in [
            log(&health),
            backup(&health),
            jobs(&health),
            schedule(&health),
            streams(&health),
            rate(&health),
            disk(&health),
            errors(&health),
        ] {
            assert!(judged.sign != Sign::Good && judged.remedy.is_some(), "{judged:?}");
        }
        health.disk = Some(DiskHealth { free: 100 << 20, total: 100 << 30 });
        assert_eq!(disk(&health).sign, Sign::Bad);
        health.disk = None;
        assert_eq!(disk(&health).sign, Sign::Unknown);
    }

    #[test]
    fn a_certificate_is_to_be_replaced_in_time() {
        let of = |shown_to, days: i64| {
            let expires_at = Some(NOW.plus_seconds(days * 24 * 3600));
            certificate(&CertificateHealth { shown_to, expires_at }, NOW).sign
        };
        assert_eq!(of(ShownTo::Browsers, 90), Sign::Good);
        assert_eq!(of(ShownTo::Browsers, 20), Sign::Warning);
        assert_eq!(of(ShownTo::Browsers, 0), Sign::Bad);
        assert_eq!(of(ShownTo::Agents, -5), Sign::Good);
        let unknown = CertificateHealth { shown_to: ShownTo::Browsers, expires_at: None };
        assert_eq!(certificate(&unknown, NOW).sign, Sign::Unknown);
    }
}
