-- Saved views of the table of hosts, and what each operator chose for it.

-- filter: as the address of the table has it, without page and view.
CREATE TABLE views (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
    name CITEXT COLLATE "C" NOT NULL,
    filter TEXT COLLATE "C" NOT NULL,
    shared BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    UNIQUE (owner_id, name)
);

CREATE INDEX views_shared ON views (name) WHERE shared = 1;

-- columns: those of tables of one datacenter; columns_everywhere: of the table of all.
CREATE TABLE table_choices (
    operator_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES operators (id) ON DELETE CASCADE,
    columns TEXT COLLATE "C",
    columns_everywhere TEXT COLLATE "C",
    first_view TEXT COLLATE "C" REFERENCES views (id) ON DELETE SET NULL
);

CREATE INDEX table_choices_by_view ON table_choices (first_view) WHERE first_view IS NOT NULL;
