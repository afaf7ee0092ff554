-- What administrators set for the whole server: one row.

CREATE TABLE settings (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    two_person_approvals BIGINT NOT NULL DEFAULT 0,
    two_person_resets BIGINT NOT NULL DEFAULT 0
);

INSERT INTO settings ("only") VALUES (1);
