-- What every verification moves stands in one narrow row, with what the table is sorted and filtered by
-- by it: the wide rows of hosts change only with what operators decide upon.
CREATE TABLE verified_alone (
    host_id       TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
    -- As they stand in hosts: what an index is made of must stand in one table.
    cluster_id    TEXT    NOT NULL,
    datacenter_id TEXT    NOT NULL,
    name          TEXT    NOT NULL COLLATE NOCASE,
    -- When it was last verified, and when it last passed.
    at            INTEGER,
    passed_at     INTEGER,
    -- The run that its appraisals extend.
    appraisal_id  TEXT,
    -- Whether an answer that says the same may extend it without an appraisal in full: 0 or 1.
    steady        INTEGER NOT NULL DEFAULT 0,
    -- How often that happened since the last appraisal in full, and what the newest such answer has
    -- of its own (CBOR). Nothing: the wide rows say all.
    repeats       INTEGER NOT NULL DEFAULT 0,
    answer        BLOB
) STRICT;

INSERT INTO verified_alone (host_id, cluster_id, datacenter_id, name, at, passed_at, appraisal_id,
                            steady, repeats, answer)
SELECT h.id, h.cluster_id, h.datacenter_id, h.name, h.last_verified, h.last_passed,
       coalesce(v.appraisal_id, h.appraisal_id), coalesce(v.steady, 0), coalesce(v.repeats, 0), v.answer
FROM hosts h LEFT JOIN verified v ON v.host_id = h.id;

DROP TABLE verified;
ALTER TABLE verified_alone RENAME TO verified;

CREATE INDEX verified_by_time ON verified (datacenter_id, at, name, host_id);
CREATE INDEX all_verified_by_time ON verified (at, name, host_id);
-- Those of a cluster that are stale.
CREATE INDEX verified_by_age ON verified (cluster_id, at);

DROP INDEX hosts_by_verification;
DROP INDEX all_hosts_by_verification;
DROP INDEX hosts_counted;
ALTER TABLE hosts DROP COLUMN last_verified;
ALTER TABLE hosts DROP COLUMN last_passed;

-- How many hosts of each cluster read what now: kept with every change, so that no page counts them.
CREATE TABLE counted (
    cluster_id     TEXT    NOT NULL PRIMARY KEY REFERENCES clusters (id) ON DELETE CASCADE,
    hosts          INTEGER NOT NULL,
    passed         INTEGER NOT NULL,
    failed         INTEGER NOT NULL,
    unknown        INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    red            INTEGER NOT NULL
) STRICT;

INSERT INTO counted (cluster_id, hosts, passed, failed, unknown, not_applicable, red)
SELECT cluster_id, count(*),
       count(*) FILTER (WHERE attestation = 'passed'), count(*) FILTER (WHERE attestation = 'failed'),
       count(*) FILTER (WHERE attestation = 'unknown'), count(*) FILTER (WHERE attestation = 'n-a'),
       count(*) FILTER (WHERE alarm_red = 1)
FROM hosts GROUP BY cluster_id;

-- What is counted is compared with this now and then.
CREATE INDEX hosts_counted ON hosts (cluster_id, attestation, alarm_red);

-- With all that a search for a word reads: in the usual order and in that of names.
DROP INDEX hosts_by_name;
DROP INDEX all_hosts_by_name;
DROP INDEX hosts_by_attestation;
DROP INDEX all_hosts_by_attestation;
CREATE INDEX hosts_by_name ON hosts (datacenter_id, name, id, cluster_id, codes);
CREATE INDEX all_hosts_by_name ON hosts (name, id, cluster_id, datacenter_id, codes);
CREATE INDEX hosts_by_attestation ON hosts (datacenter_id, attestation_rank, name, id, cluster_id, codes);
CREATE INDEX all_hosts_by_attestation ON hosts (attestation_rank, name, id, cluster_id, datacenter_id, codes);
