-- Roles in single datacenters beside the one everywhere.

-- The role in every datacenter; nothing for none.
ALTER TABLE operators ADD COLUMN everywhere TEXT;
UPDATE operators SET everywhere = role;
ALTER TABLE operators DROP COLUMN role;

CREATE TABLE operator_roles (
    operator_id   TEXT NOT NULL REFERENCES operators (id),
    datacenter_id TEXT NOT NULL REFERENCES datacenters (id) ON DELETE CASCADE,
    role          TEXT NOT NULL,
    PRIMARY KEY (operator_id, datacenter_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operator_roles_by_datacenter ON operator_roles (datacenter_id);
