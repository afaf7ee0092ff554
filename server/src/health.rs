//! How the server is: what the database, the system and this process say.

use std::path::Path;

use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    DatabaseHealth, DiskHealth, Health, KeptHealth, KeptKind, ScheduleHealth,
};

use crate::http::api::MOST_STREAMS;
use crate::state::AppState;
use crate::store::Held;
use crate::{error_log, query};

/// Everything that is known of the server's health.
pub(crate) async fn health(state: &AppState) -> Result<Health, Refusal> {
    let found = query::health(&state.ctx).await;
    let (bytes, backed_up_at, jobs, replicas) =
        found.map_err(|error| state.ctx.unavailable(&error))?;
    let now = state.ctx.clock.now();
    let begun = state.vitals.begun();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let free_streams = state.limits.streams.available_permits();
    let schedule = {
        let lateness = state.vitals.lateness();
        ScheduleHealth { behind_ms: lateness.behind_ms(), late: lateness.worst() }
    };
    Ok(Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: begun.map_or(now, |begun| begun.at),
        database: DatabaseHealth {
            bytes,
            log_bytes: begun.and_then(|begun| log_bytes(begun.database.as_deref()?)),
            backed_up_at,
        },
        jobs,
        sessions: count(state.sessions.len()),
        returning: state.returning(),
        streams: count(MOST_STREAMS.saturating_sub(free_streams)),
        most_streams: count(MOST_STREAMS),
        rate: state.vitals.rate(now),
        // Itself, if it has not said so yet.
        replicas: replicas.max(1),
        certificates: begun.map(|begun| begun.certificates.clone()).unwrap_or_default(),
        disk: begun.and_then(|begun| disk(begun.database.as_deref()?)),
        schedule,
        read_only_since: state.ctx.store.read_only_since(),
        // Counting takes longer than the rest: only for the page.
        kept: Vec::new(),
        kept_at: None,
        errors: error_log::latest(),
        now,
    })
}

/// What is kept, kind by kind, and when that was counted: within the last minutes.
pub(crate) async fn kept(state: &AppState) -> Result<(Timestamp, Vec<KeptHealth>), Refusal> {
    let held = state.vitals.held(state.ctx.clock.now(), query::held(&state.ctx)).await;
    let (counted_at, held) = held.map_err(|error| state.ctx.unavailable(&error))?;
    let kept = held.into_iter().map(|Held { kind, rows, oldest }| {
        let days = match kind {
            KeptKind::Evidence => Some(state.retention.evidence_days),
            KeptKind::Conclusions => Some(state.retention.conclusions_days),
            KeptKind::Jobs | KeptKind::BulkJobs | KeptKind::Imports => Some(state.jobs_days),
            // As long as a session may last, however often it is used.
            KeptKind::Sessions => Some(query::SESSION_DAYS),
            KeptKind::RemovedHosts | KeptKind::Events => None,
        };
        let tidied = state.vitals.tidied(kind);
        let (tidied_at, removed) = (tidied.map(|(at, _)| at), tidied.map_or(0, |(_, count)| count));
        KeptHealth { kind, days, rows, oldest, tidied_at, removed }
    });
    Ok((counted_at, kept.collect()))
}

/// Bytes of the write-ahead log beside the database.
fn log_bytes(database: &Path) -> Option<u64> {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).ok().map(|file| file.len())
}

/// What is free where the database is.
pub(crate) fn disk(database: &Path) -> Option<DiskHealth> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    let stat = rustix::fs::statvfs(folder.unwrap_or(Path::new("."))).ok()?;
    Some(DiskHealth {
        free: stat.f_bavail.saturating_mul(stat.f_frsize),
        total: stat.f_blocks.saturating_mul(stat.f_frsize),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_and_the_log_are_measured_where_the_database_is() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("a.db");
        assert_eq!(log_bytes(&database), None);
        std::fs::write(folder.path().join("a.db-wal"), [0; 77]).unwrap();
        assert_eq!(log_bytes(&database), Some(77));
        let disk = disk(&database).unwrap();
        assert!(disk.free <= disk.total && disk.total > 0);
        assert_eq!(super::disk(Path::new("/nowhere/at/all/a.db")), None);
    }
}
