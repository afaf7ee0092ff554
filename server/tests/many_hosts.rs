//! How long the table takes over 100,000 hosts. Nothing is timed unless somebody asks:
//!
//! ```text
//! cargo test --release -p trustboard-server --test many_hosts -- --ignored --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a story ends at the first surprise")]

#[expect(dead_code, reason = "most stories are told elsewhere")]
mod store;

use std::time::Instant;

use store::sqlite::File;
use store::{Database as _, World, viewer};
use trustboard_model::role::Role;
use trustboard_model::view::{Scope, SecurityFilter, SortKey};
use trustboard_server::{command, query};

/// As many as the largest fleet that the product aims at.
const HOSTS: u32 = 100_000;

/// Rows like those that appraisals write: 20 clusters in two datacenters, one host in 25 failed for
/// one of four reasons, one in 200 unknown, one in 100 never verified.
fn fill(clusters: &[String]) -> String {
    let clusters = clusters.join(", ");
    format!(
        "BEGIN;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {HOSTS}),
              c (k, cluster_id, datacenter_id) AS (VALUES {clusters})
         INSERT INTO hosts (id, cluster_id, datacenter_id, name, created_at, revision,
             credential_hash, presence, presence_since, identity_state, tpm_version, verdict,
             attestation, secure_boot, first_reason, codes, appraisal_id, since, alarm,
             alarm_red)
         SELECT printf('%08x-0000-4000-8000-%012x', i * 2654435761 % 4294967296, i),
             c.cluster_id, c.datacenter_id, printf('host-%06d', i * 7919 % {HOSTS}),
             1800000000000, 3, CAST(printf('%032d', i) AS BLOB),
             CASE WHEN i % 50 = 0 THEN 'not-responding' ELSE 'connected' END, 1800000000000,
             'enrolled', '2.0',
             CASE WHEN i % 100 = 1 THEN NULL WHEN i % 25 = 0
                  THEN '{{\"verdict\":\"untrusted\",\"why\":[{{\"code\":\"secure-boot.disabled\",\"place\":null,\"expected\":null,\"found\":null,\"facts\":{{}}}}]}}'
                  ELSE '{{\"verdict\":\"trusted\"}}' END,
             CASE WHEN i % 25 = 0 THEN 'failed' WHEN i % 200 = 1 THEN 'unknown'
                  WHEN i % 100 = 1 THEN 'unknown' ELSE 'passed' END,
             CASE WHEN i % 25 = 0 THEN 'off' ELSE 'on' END,
             CASE WHEN i % 25 = 0 THEN 'secure-boot.disabled' END,
             CASE WHEN i % 25 = 0 THEN ' secure-boot.disabled ' ELSE '' END,
             printf('%08x-0000-4000-9000-%012x', i, i), 1799990000000 + i,
             CASE WHEN i % 25 = 0 THEN '{{\"colour\":\"red\",\"occurrence\":1,\"raised_at\":1799990000000,\"reasons\":[\"secure-boot.disabled\"],\"condition\":{{\"condition\":\"holds\"}},\"acknowledged\":null}}'
                  ELSE '{{\"colour\":\"green\",\"occurrences\":0}}' END,
             i % 25 = 0
         FROM n JOIN c ON c.k = i % 20;
         INSERT INTO verified (host_id, cluster_id, datacenter_id, name, at, passed_at, appraisal_id)
         SELECT id, cluster_id, datacenter_id, name,
             CASE WHEN verdict IS NULL THEN NULL ELSE 1799999940000 + rowid * 7919 % 60000 END,
             1799999940000, appraisal_id FROM hosts;
         INSERT INTO host_facts (host_id, since, facts)
         SELECT id, 1800000000000, '{{\"hostname\":\"' || name || '\",\"machine_id\":null,\"boot_id\":\"b\",\"os_id\":\"debian\",\"os_name\":\"Debian GNU/Linux 12 (bookworm)\",\"os_version\":\"12\",\"kernel\":\"6.1.0-27-amd64\",\"agent_version\":\"0.1.0\",\"secure_boot_variable\":true,\"log_absent\":null,\"tpm\":null,\"tpm_problem\":null}}'
         FROM hosts;
         COMMIT;"
    )
}

#[tokio::test]
#[ignore = "measures; see the head of the file"]
async fn one_hundred_thousand() {
    let world = World::<File>::new().await;
    let (berlin, paris) = (world.datacenter("Berlin").await, world.datacenter("Paris").await);
    let mut clusters = Vec::new();
    for number in 0..20 {
        let datacenter = if number < 16 { berlin } else { paris };
        let cluster = world.cluster(datacenter, &format!("rack-{number:02}")).await;
        clusters.push(format!("({number}, '{cluster}', '{datacenter}')"));
    }
    world.db.tamper(fill(&clusters)).await;
    command::recount(&world.ctx).await.unwrap();
    let ada = viewer("ada", Role::Operator);
    let scopes = [("berlin", Scope::Datacenter(berlin)), ("all", Scope::Everything)];
    let time = async |name: &str, scope, filter: SecurityFilter| {
        let mut times = Vec::new();
        let mut rows = 0;
        let mut total = 0;
        for _ in 0..7 {
            let start = Instant::now();
            let page = query::security(&world.ctx, &ada, scope, filter.clone()).await.unwrap();
            times.push(start.elapsed());
            (rows, total) = (page.rows.len(), page.total);
        }
        times.sort();
        println!(
            "{name:<44} {:>8.1?} median {:>8.1?} worst  {rows:>3} of {total}",
            times[3], times[6]
        );
    };
    for (place, scope) in scopes {
        for sort in SortKey::ALL {
            let filter = SecurityFilter { sort, ..SecurityFilter::ALL };
            time(&format!("{place}: by {}", sort.code()), scope, filter).await;
        }
        let last = SecurityFilter { page: 1600, sort: SortKey::Name, ..SecurityFilter::ALL };
        time(&format!("{place}: page 1600"), scope, last).await;
        for query in [
            "attestation:failed",
            "alarm:unacknowledged",
            "reason:secure-boot",
            "name:host-09*",
            "cluster:rack-03 secure-boot:off",
            "9999",
            "last:>10m",
            "is:stale -alarm:red",
            "nothing-like-it",
        ] {
            let filter = SecurityFilter::of(query.parse().unwrap());
            time(&format!("{place}: {query}"), scope, filter).await;
        }
        let start = Instant::now();
        let all = query::all_rows(&world.ctx, &ada, scope, SecurityFilter::ALL).await.unwrap();
        let (mut all, mut rows) = (all, 0);
        loop {
            let next = all.next(500).await.unwrap();
            if next.is_empty() {
                break;
            }
            rows += next.len();
        }
        println!("{place}: every row for an export: {:.1?} for {rows}", start.elapsed());
    }
}
