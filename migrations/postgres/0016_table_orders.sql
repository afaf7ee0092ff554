-- An index for every order of the table of hosts, within one datacenter and over all of them. Each
-- holds all that an order needs, so that a page far down is found without reading a row.

ALTER TABLE hosts ADD COLUMN secure_boot_rank BIGINT NOT NULL GENERATED ALWAYS AS (
    CASE secure_boot WHEN 'off' THEN 0 WHEN 'unsupported' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END
) STORED;
-- Those with something to say first.
ALTER TABLE hosts ADD COLUMN silent BIGINT NOT NULL GENERATED ALWAYS AS (
    CASE codes WHEN '' THEN 1 ELSE 0 END
) STORED;

DROP INDEX hosts_by_attestation;
DROP INDEX hosts_by_name;

CREATE INDEX hosts_by_name ON hosts (datacenter_id, name, id);
CREATE INDEX hosts_by_attestation ON hosts (datacenter_id, attestation_rank, name, id);
CREATE INDEX hosts_by_alarm ON hosts (datacenter_id, alarm_red DESC, name, id);
CREATE INDEX hosts_by_verification ON hosts (datacenter_id, last_verified NULLS FIRST, name, id);
CREATE INDEX hosts_by_tpm ON hosts (datacenter_id, tpm_version NULLS FIRST, name, id);
CREATE INDEX hosts_by_secure_boot ON hosts (datacenter_id, secure_boot_rank, name, id);
CREATE INDEX hosts_by_message ON hosts (datacenter_id, silent, codes, name, id);
CREATE INDEX hosts_by_presence ON hosts (datacenter_id, presence, name, id);
CREATE INDEX hosts_by_since ON hosts (datacenter_id, since NULLS FIRST, name, id);

CREATE INDEX all_hosts_by_name ON hosts (name, id);
CREATE INDEX all_hosts_by_attestation ON hosts (attestation_rank, name, id);
CREATE INDEX all_hosts_by_alarm ON hosts (alarm_red DESC, name, id);
CREATE INDEX all_hosts_by_verification ON hosts (last_verified NULLS FIRST, name, id);
CREATE INDEX all_hosts_by_tpm ON hosts (tpm_version NULLS FIRST, name, id);
CREATE INDEX all_hosts_by_secure_boot ON hosts (secure_boot_rank, name, id);
CREATE INDEX all_hosts_by_message ON hosts (silent, codes, name, id);
CREATE INDEX all_hosts_by_presence ON hosts (presence, name, id);
CREATE INDEX all_hosts_by_since ON hosts (since NULLS FIRST, name, id);
