//! What is measured: hosts alone, and hosts beside browsers and an operator.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::{Map, Value};
use trustboard_model::role::Role;

use super::ground::Ground;
use super::live::Live;
use super::queries::{Queries, Took, spread};
use super::stretch::Stretch;
use crate::client::Client;
use crate::light::fleet::Fleet;
use crate::light::metrics::Readers;
use crate::postgres::Cluster;

/// Between two looks at a stretch.
const LOOK: Duration = Duration::from_secs(1);

/// Who measures: signed in before it begins.
pub struct Work<'a> {
    postgres: Option<&'a Cluster>,
    client: Client,
    readers: Readers,
}

impl<'a> Work<'a> {
    /// At this fleet.
    pub fn at(fleet: &Fleet, ground: &'a Ground) -> Result<Self> {
        let (client, readers) = (fleet.client(Role::Viewer)?, Readers::of(fleet)?);
        Ok(Self { postgres: ground.postgres.as_ref(), client, readers })
    }

    fn begin(&self, fleet: &mut Fleet) -> Result<Stretch<'_>> {
        Stretch::begin(fleet, self.postgres, &self.client, &self.readers)
    }

    /// With nobody at work but the hosts.
    pub fn quiet(&self, fleet: &mut Fleet, length: Duration) -> Result<Value> {
        let mut stretch = self.begin(fleet)?;
        while !stretch.rest(length).is_zero() {
            thread::sleep(stretch.rest(length).min(LOOK));
            stretch.look(fleet)?;
        }
        stretch.end(fleet)
    }

    /// While a browser asks 20 times a second, and an operator does something each second that another
    /// browser sees.
    pub fn busy(&self, fleet: &mut Fleet, length: Duration) -> Result<Map<String, Value>> {
        let queries = Queries::of(&self.client)?;
        let live = Live::start(fleet)?;
        let mut took = Took::default();
        let mut stretch = self.begin(fleet)?;
        live.begin()?;
        while !stretch.rest(length).is_zero() {
            queries.ask(&self.client, stretch.rest(length).min(LOOK), &mut took)?;
            stretch.look(fleet)?;
        }
        let seen = live.end()?;
        let mut busy = stretch.end(fleet)?;
        // Those that are the operator's own are none of the hosts'.
        let events = busy["events"].as_u64().unwrap_or_default();
        busy["events_of_hosts"] = events.saturating_sub(seen.len() as u64).into();
        busy["seen_ms"] = spread(seen);
        busy["rows_p99_ms"] = took.rows_p99_ms().into();
        busy["queries_ms"] = took.spread();
        busy["failed_requests"] = took.failed.into();
        let Value::Object(busy) = busy else { bail!("the figures are no object") };
        Ok(busy)
    }
}
