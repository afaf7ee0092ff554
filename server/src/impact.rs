//! What a change to what hosts are judged by would do: their stored evidence is appraised under
//! the new standards, and nothing is recorded.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use trustboard_attest::{Standards, appraise};
use trustboard_model::exception::Exception;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::view::{Impact, ImpactRow, Named};

use crate::ctx::Halt;
use crate::query::{self, StoredCase};
use crate::state::AppState;

/// Hosts of one task: what it holds at once is their evidence.
const BATCH: usize = 16;

/// Tasks at a time; each waits for its turn at computing.
const TASKS: usize = 8;

/// How long is looked: an answer over HTTP must begin within 30 s. A build without optimisation
/// looks at a thousand hosts in 2 to 4 s on one core.
const LONGEST: Duration = Duration::from_secs(15);

/// What would be otherwise.
#[derive(Debug, Default)]
pub(crate) struct Hypothesis {
    /// The hosts that it concerns.
    pub hosts: Vec<HostId>,
    /// What the clusters' hosts would be judged by.
    pub standards: BTreeMap<ClusterId, Arc<Standards>>,
    /// The exceptions that the hosts would have; those that they have, if nothing is said here.
    pub exceptions: Option<Vec<Exception>>,
}

/// Appraises the stored evidence of every host under the hypothesis.
pub(crate) async fn impact(state: &AppState, what_if: Hypothesis) -> Result<Impact, Halt> {
    let what_if = Arc::new(what_if);
    let until = Instant::now() + LONGEST;
    let mut impact = Impact {
        hosts: 0,
        without_evidence: 0,
        not_looked_at: 0,
        changes: Vec::new(),
        turn_red: 0,
        turn_green: 0,
    };
    let mut tasks = JoinSet::new();
    let mut batches = what_if.hosts.chunks(BATCH);
    loop {
        while tasks.len() < TASKS
            && let Some(batch) = batches.next()
        {
            if Instant::now() >= until {
                impact.not_looked_at += batch.len() as u64;
                continue;
            }
            tasks.spawn(look(state.clone(), Arc::clone(&what_if), batch.to_vec()));
        }
        match tasks.join_next().await {
            None => break,
            Some(Ok(seen)) => count(&mut impact, seen?),
            Some(Err(error)) => {
                tracing::error!(%error, "the verifier broke off on stored evidence");
                impact.not_looked_at += BATCH as u64;
            }
        }
    }
    impact.changes.sort_by(|one, other| {
        let key = |row: &ImpactRow| (row.to, row.from, row.host.name.clone());
        key(one).cmp(&key(other))
    });
    impact.changes.truncate(Impact::MOST);
    Ok(impact)
}

/// A host as it reads and as it would read; nothing if its evidence cannot be appraised again.
type Seen = Option<ImpactRow>;

async fn look(
    state: AppState,
    what_if: Arc<Hypothesis>,
    hosts: Vec<HostId>,
) -> Result<Vec<Seen>, Halt> {
    let mut cases = Vec::with_capacity(hosts.len());
    let mut read = state.ctx.read().await?;
    for host in hosts {
        let Some(case) = query::read_case(&mut read, host).await? else { continue };
        let standards = match what_if.standards.get(&case.host.cluster.id) {
            Some(standards) => Some(Arc::clone(standards)),
            None => state
                .standards(case.host.cluster.id, case.standards)
                .await?
                .map(|numbered| numbered.standards),
        };
        cases.push((case, standards));
    }
    drop(read);
    let (permit, now) = (state.jobs.turn().await, state.ctx.clock.now());
    let seen = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let judge = |(case, standards): (StoredCase, Option<Arc<Standards>>)| {
            let exceptions = what_if.exceptions.as_ref().unwrap_or(&case.exceptions);
            let (evidence, standards) = case.evidence.as_ref().zip(standards)?;
            let to = appraise(&evidence.input(case.host.id, &standards, exceptions, now));
            Some(ImpactRow {
                from: case.host.attestation(),
                to: to.attestation(),
                host: Named { id: case.host.id, name: case.host.name },
                cluster: case.host.cluster,
            })
        };
        cases.into_iter().map(judge).collect()
    });
    seen.await.map_err(|error| {
        tracing::error!(%error, "the verifier broke off on stored evidence");
        Halt::Refused(trustboard_model::refusal::Refusal::Conflict {
            problem: "the verifier broke off on stored evidence; the server's log says why".into(),
        })
    })
}

fn count(impact: &mut Impact, seen: Vec<Seen>) {
    for row in seen {
        impact.hosts += 1;
        let Some(row) = row else {
            impact.without_evidence += 1;
            continue;
        };
        if row.from == row.to {
            continue;
        }
        impact.turn_red += u64::from(row.to == Attestation::Failed);
        impact.turn_green += u64::from(row.to == Attestation::Passed);
        impact.changes.push(row);
    }
}
