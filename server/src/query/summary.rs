//! The overview and the summary of one datacenter.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use trustboard_model::digest::Sha256;
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    Cause, CauseDifference, Changes, ClusterSummary, CountChange, Counts, DatacenterNode,
    DatacenterSummary, Group, Named, Scope, SummaryPage, TrendAsked, Viewer,
};

use super::trend::trend;
use crate::ctx::{Ctx, Halt};
use crate::store::{CauseRecord, FINE_S, Read, beginning};

/// The stretch of time that changes are told of, in seconds.
const DAY_S: i64 = 24 * 3600;

/// What the viewer may see of `scope`, now and over time.
pub async fn summary(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    asked: TrendAsked,
) -> Result<SummaryPage, Refusal> {
    ctx.answer(page(ctx, viewer, scope, asked).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    asked: TrendAsked,
) -> Result<SummaryPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let all = read.tree(now).await?;
    let known = all.len();
    let within = |id: DatacenterId| match scope {
        Scope::Everything => true,
        Scope::Datacenter(wanted) => id == wanted,
    };
    let nodes: Vec<DatacenterNode> =
        all.into_iter().filter(|node| within(node.id) && viewer.sees(node.id)).collect();
    if nodes.is_empty() && scope != Scope::Everything {
        return Err(Refusal::not_found("datacenter").into());
    }
    let ids: Vec<DatacenterId> = nodes.iter().map(|node| node.id).collect();
    // Everything is the same without saying what.
    let of = (ids.len() < known).then_some(&ids[..]);
    let mut counts = Counts::default();
    for node in &nodes {
        counts = counts.plus(node.counts);
    }
    let from = beginning(now.plus_seconds(-DAY_S), FINE_S);
    let changed = read.changes_by_cluster(of, from).await?;
    let mut changes = Changes::default();
    for cluster in &changed {
        changes = plus(changes, cluster.changes);
    }
    let by_cluster: HashMap<ClusterId, CountChange> =
        changed.into_iter().map(|cluster| (cluster.cluster, cluster.counts)).collect();
    let trended = match asked.cluster {
        None => counts,
        Some(id) => {
            let mut clusters = nodes.iter().flat_map(|node| &node.clusters);
            let found = clusters.find(|cluster| cluster.id == id);
            found.ok_or_else(|| Refusal::not_found("cluster"))?.counts
        }
    };
    let trend = trend(&mut read, of, asked, trended, now).await?;
    let causes = causes(&mut read, of, &nodes).await?;
    Ok(SummaryPage {
        scope,
        datacenters: nodes.into_iter().map(|node| datacenter(node, &by_cluster)).collect(),
        causes,
        changes,
        trend,
        now,
        seq: read.chain_head().await?.seq,
    })
}

fn plus(one: Changes, other: Changes) -> Changes {
    Changes {
        newly_failed: one.newly_failed + other.newly_failed,
        recovered: one.recovered + other.recovered,
        enrolled: one.enrolled + other.enrolled,
        alarms_raised: one.alarms_raised + other.alarms_raised,
        alarms_reset: one.alarms_reset + other.alarms_reset,
    }
}

fn datacenter(
    node: DatacenterNode,
    changes: &HashMap<ClusterId, CountChange>,
) -> DatacenterSummary {
    let clusters: Vec<ClusterSummary> = node
        .clusters
        .into_iter()
        .map(|cluster| ClusterSummary {
            change: changes.get(&cluster.id).copied().unwrap_or_default(),
            cluster: Named { id: cluster.id, name: cluster.name },
            counts: cluster.counts,
        })
        .collect();
    let change = clusters.iter().fold(CountChange::default(), |all, one| all.plus(one.change));
    DatacenterSummary {
        datacenter: Named { id: node.id, name: node.name },
        counts: node.counts,
        change,
        clusters,
    }
}

/// What groups of failed hosts are counted by while they are put together.
#[derive(Default)]
struct Gathering {
    hosts: u32,
    since: Option<Timestamp>,
    datacenters: HashMap<DatacenterId, u32>,
    clusters: BTreeSet<String>,
    example: Option<HostId>,
}

impl Gathering {
    fn add(&mut self, record: &CauseRecord) {
        self.hosts += record.hosts;
        self.since = Some(self.since.map_or(record.since, |since| since.min(record.since)));
        *self.datacenters.entry(record.datacenter).or_default() += record.hosts;
        self.clusters.insert(record.cluster_name.clone());
        self.example = Some(self.example.map_or(record.example, |one| one.min(record.example)));
    }

    fn into_group(
        self,
        names: &HashMap<DatacenterId, String>,
        example: Named<HostId>,
        now: Timestamp,
    ) -> Group {
        let mut datacenters: Vec<_> = self
            .datacenters
            .into_iter()
            .filter_map(|(id, hosts)| Some((Named { id, name: names.get(&id)?.clone() }, hosts)))
            .collect();
        datacenters.sort_by(|(one, many), (other, more)| {
            more.cmp(many).then_with(|| one.name.cmp(&other.name))
        });
        Group {
            hosts: self.hosts,
            since: self.since.unwrap_or(now),
            datacenters,
            clusters: self.clusters.into_iter().collect(),
            example,
        }
    }
}

/// Groups by their keys, the largest first, at most `most`; and how many there were.
fn largest<K: Ord + Copy + Hash>(
    groups: HashMap<K, Gathering>,
    most: usize,
) -> (Vec<(K, Gathering)>, u32) {
    let all = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(key, group)| (std::cmp::Reverse(group.hosts), *key));
    groups.truncate(most);
    (groups, all)
}

async fn causes(
    read: &mut Read,
    of: Option<&[DatacenterId]>,
    nodes: &[DatacenterNode],
) -> Result<Vec<Cause>, Halt> {
    let records = read.cause_records(of).await?;
    let names = nodes.iter().map(|node| (node.id, node.name.clone())).collect();
    let mut reasons: HashMap<ReasonCode, Gathering> = HashMap::new();
    for record in &records {
        reasons.entry(record.reason).or_default().add(record);
    }
    let (reasons, _) = largest(reasons, SummaryPage::MOST_CAUSES);
    let mut found = Vec::new();
    for (reason, gathering) in reasons {
        let mut differences: HashMap<Option<Sha256>, Gathering> = HashMap::new();
        for record in records.iter().filter(|record| record.reason == reason) {
            differences.entry(record.difference).or_default().add(record);
        }
        let (differences, distinct) = largest(differences, SummaryPage::MOST_DIFFERENCES);
        found.push((reason, gathering, differences, distinct));
    }
    let wanted: Vec<HostId> = found
        .iter()
        .flat_map(|(_, group, differences, _)| {
            group.example.into_iter().chain(differences.iter().filter_map(|(_, one)| one.example))
        })
        .collect();
    let examples = read.examples(&wanted).await?;
    // Every group has a host, and it is read in the same transaction.
    let named = |gathering: &Gathering| examples.get(&gathering.example?).cloned();
    let mut causes = Vec::new();
    for (reason, gathering, differences, distinct) in found {
        let Some(example) = named(&gathering) else { continue };
        let told_apart = differences
            .into_iter()
            .filter_map(|(fingerprint, gathering)| {
                let example = named(&gathering)?;
                let group = gathering.into_group(&names, example.host, Timestamp(0));
                Some(CauseDifference { fingerprint, group, short: example.short })
            })
            .collect();
        causes.push(Cause {
            reason,
            group: gathering.into_group(&names, example.host, Timestamp(0)),
            differences: told_apart,
            distinct,
        });
    }
    Ok(causes)
}
