-- The counts of every cluster, without reading a host's row.
CREATE INDEX hosts_counted ON hosts (cluster_id, attestation, alarm_red, last_verified);
