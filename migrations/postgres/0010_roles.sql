-- Roles in single datacenters beside the one everywhere.

-- The role in every datacenter; nothing for none.
ALTER TABLE operators ADD COLUMN everywhere TEXT COLLATE "C";
ALTER TABLE operators DROP COLUMN role;

CREATE TABLE operator_roles (
    operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id),
    datacenter_id TEXT COLLATE "C" NOT NULL REFERENCES datacenters (id) ON DELETE CASCADE,
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (operator_id, datacenter_id)
);

CREATE INDEX operator_roles_by_datacenter ON operator_roles (datacenter_id);
