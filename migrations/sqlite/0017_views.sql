-- Saved views of the table of hosts, and what each operator chose for it.

-- filter: as the address of the table has it, without page and view.
CREATE TABLE views (
    id       TEXT    NOT NULL PRIMARY KEY,
    owner_id TEXT    NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
    name     TEXT    NOT NULL COLLATE NOCASE,
    filter   TEXT    NOT NULL,
    shared   INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    UNIQUE (owner_id, name)
) STRICT;

CREATE INDEX views_shared ON views (name) WHERE shared;

-- columns: those of tables of one datacenter; columns_everywhere: of the table of all.
CREATE TABLE table_choices (
    operator_id        TEXT NOT NULL PRIMARY KEY REFERENCES operators (id) ON DELETE CASCADE,
    columns            TEXT,
    columns_everywhere TEXT,
    first_view         TEXT REFERENCES views (id) ON DELETE SET NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX table_choices_by_view ON table_choices (first_view) WHERE first_view IS NOT NULL;
