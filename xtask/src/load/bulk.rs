//! Actions on very many hosts: when the first progress shows, when all are done.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::Serialize;
use trustboard_model::host_query::HostQuery;
use trustboard_model::role::Role;
use trustboard_model::view::{BulkRequest, BulkState, HostAction, Scope, Selection};

use super::queries::{Queries, Took};
use crate::client::Client;
use crate::light::fleet::Fleet;

/// Longer than any of them may take.
const GIVE_UP: Duration = Duration::from_mins(15);

/// One action on many hosts.
#[derive(Debug, Serialize)]
pub struct Bulk {
    /// What was done.
    pub action: &'static str,
    /// To how many hosts.
    pub hosts: u32,
    /// How many of them changed.
    pub changed: u32,
    /// Until the command was answered, in seconds.
    pub command_s: f64,
    /// Until the first hosts were done, in seconds.
    pub first_s: f64,
    /// Until all were, in seconds.
    pub all_s: f64,
    /// The milliseconds that 99 of 100 answers with rows took at most meanwhile.
    pub rows_p99_ms: f64,
    /// How long everything took meanwhile.
    pub queries_ms: serde_json::Value,
}

/// Verifies everything; then lets hosts fail, acknowledges their alarms and resets them.
pub fn measure(fleet: &mut Fleet) -> Result<Vec<Bulk>> {
    let client = fleet.client(Role::Operator)?;
    let mut all = vec![one(fleet, &client, "verify", "", HostAction::VerifyNow)?];
    fleet.fail()?;
    let comment = "all of them at once".to_owned();
    let acknowledge =
        HostAction::Acknowledge { comment: comment.clone(), minutes: None, until: None };
    all.push(one(fleet, &client, "acknowledge", "alarm:red", acknowledge)?);
    all.push(one(fleet, &client, "reset", "alarm:red", HostAction::Reset { reason: comment })?);
    Ok(all)
}

fn one(
    fleet: &mut Fleet,
    client: &Client,
    name: &'static str,
    query: &str,
    action: HostAction,
) -> Result<Bulk> {
    let page = client.matching(query)?;
    let query: HostQuery = query.parse()?;
    let seen = page.seq;
    let selection = Selection::Matching { scope: Scope::Everything, query, seen };
    let queries = Queries::of(client)?;
    let begun = Instant::now();
    let job = client.start_bulk(&BulkRequest { selection, action })?;
    let command = begun.elapsed();
    let (mut took, mut first) = (Took::default(), None);
    loop {
        fleet.check()?;
        let now = client.bulk(job.id)?;
        if first.is_none() && now.changed + now.unchanged + now.failed > 0 {
            first = Some(begun.elapsed());
        }
        if now.state != BulkState::Running {
            let elapsed = begun.elapsed();
            return Ok(Bulk {
                action: name,
                hosts: page.total,
                changed: now.changed,
                command_s: command.as_secs_f64(),
                first_s: first.unwrap_or(elapsed).as_secs_f64(),
                all_s: elapsed.as_secs_f64(),
                rows_p99_ms: took.rows_p99_ms(),
                queries_ms: took.spread(),
            });
        }
        if begun.elapsed() > GIVE_UP {
            bail!("{name}: {} of {} hosts after {:?}", now.changed, now.total, begun.elapsed());
        }
        // The first progress is looked for more often than the end.
        let pause = if first.is_none() { 50 } else { 500 };
        queries.ask(client, Duration::from_millis(pause), &mut took)?;
    }
}
