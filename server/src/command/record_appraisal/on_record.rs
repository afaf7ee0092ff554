//! What appraisals rest on, read for all of their hosts.

use std::collections::{HashMap, HashSet};

use trustboard_attest::RecordedIdentity;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, DatacenterId, ExceptionId, HostId};

use super::decide::Before;
use super::recording::{Basis, Ready};
use crate::store::record::HostRecord;
use crate::store::{Pace, Standing, StoreError, Write};

/// What is on record of hosts.
pub(super) struct OnRecord {
    records: HashMap<HostId, HostRecord>,
    standings: HashMap<HostId, Standing>,
    identities: HashMap<HostId, RecordedIdentity>,
    exceptions: HashMap<HostId, Vec<ExceptionId>>,
    paces: HashMap<ClusterId, Pace>,
    resetting: HashSet<DatacenterId>,
}

impl OnRecord {
    /// Reads it, of the hosts of these recordings.
    pub(super) async fn read(write: &mut Write, all: &[&Ready]) -> Result<Self, StoreError> {
        let hosts: Vec<HostId> = all.iter().map(|ready| ready.recording.host).collect();
        // What a steady host's answers left beside the record is part of it from here on.
        write.fold_repeated(&hosts).await?;
        let records = write.hosts(&hosts).await?.into_iter();
        let records: HashMap<_, _> = records.map(|record| (record.id, record)).collect();
        let standings = write.standings(&hosts).await?;
        let paces = write.paces().await?;
        let mut exceptions: HashMap<_, Vec<_>> = HashMap::new();
        let excepted = excepted(&records);
        if !excepted.is_empty() {
            for row in write.exceptions_of(&excepted).await? {
                exceptions.entry(row.exception.host).or_default().push(row.exception.id);
            }
        }
        let known = passed_as_known(all);
        let mut identities = HashMap::new();
        if !known.is_empty() {
            for (host, stored) in write.identities(&known).await? {
                identities.insert(host, stored.recorded);
            }
        }
        let resetting = if red_passed(all, &records) {
            write.resetting_datacenters().await?
        } else {
            HashSet::new()
        };
        Ok(Self { records, standings, identities, exceptions, paces, resetting })
    }

    /// That of one host; nothing if it was removed.
    pub(super) fn of(&self, host: HostId) -> Option<Before<'_>> {
        let record = self.records.get(&host)?;
        Some(Before {
            record,
            standing: self.standings.get(&host)?,
            identity: self.identities.get(&host),
            exceptions: self.exceptions.get(&host).map_or(&[], Vec::as_slice),
            standards: self.paces.get(&record.cluster.id)?.standards,
            resets_automatically: self.resetting.contains(&record.datacenter.id),
        })
    }
}

/// Those with exceptions.
fn excepted(records: &HashMap<HostId, HostRecord>) -> Vec<HostId> {
    let excepted = records.values().filter(|record| record.exceptions > 0);
    excepted.map(|record| record.id).collect()
}

fn passed(ready: &Ready) -> bool {
    ready.recording.appraisal.attestation() == Attestation::Passed
}

/// Those that passed with an identity: whether that is the one on record counts for them alone.
fn passed_as_known(all: &[&Ready]) -> Vec<HostId> {
    let is_known =
        |basis: &Basis| matches!(basis, Basis::Received(received) if received.identity.is_some());
    let known = all.iter().filter(|ready| passed(ready) && is_known(&ready.recording.basis));
    known.map(|ready| ready.recording.host).collect()
}

/// Whether a host passed whose alarm is red.
fn red_passed(all: &[&Ready], records: &HashMap<HostId, HostRecord>) -> bool {
    all.iter().filter(|ready| passed(ready)).any(|ready| {
        let record = records.get(&ready.recording.host);
        record.is_some_and(|record| record.alarm.red().is_some())
    })
}
