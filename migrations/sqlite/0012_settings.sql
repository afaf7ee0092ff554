-- What administrators set for the whole server: one row.

CREATE TABLE settings (
    only                 INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    two_person_approvals INTEGER NOT NULL DEFAULT 0,
    two_person_resets    INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO settings (only) VALUES (1);
