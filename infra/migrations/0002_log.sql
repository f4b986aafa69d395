-- The log and what stands beside it. Every key begins with the tenant, so that the same schema can be distributed.

-- Where each tenant's log ends. Narrow and often updated: half of a page stays free for the next version of a row.
CREATE TABLE IF NOT EXISTS es.tenant_head (
  tenant_id   uuid PRIMARY KEY,
  position    bigint NOT NULL,
  recorded_at timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--;
-- One row an event, never updated, never deleted.
CREATE TABLE IF NOT EXISTS es.event (
  tenant_id    uuid,
  stream_id    uuid,
  version      int         CHECK (version > 0),             -- place in the stream, no holes
  position     bigint      NOT NULL CHECK (position > 0),   -- place in the tenant's order of commits, no holes
  type         text COLLATE "C" NOT NULL,                   -- stored name; its prefix is the type of the stream
  schema_v     smallint    NOT NULL,                        -- form of the payload
  occurred_at  timestamptz NOT NULL,                        -- when it happened
  recorded_at  timestamptz NOT NULL,                        -- when it was stored: never decreases with position
  meta         bytea       NOT NULL,                        -- JSON: who acted, through what
  payload      bytea,                                       -- JSON, personal values sealed; null after a hard erasure
  meta_hash    bytea       NOT NULL,                        -- SHA-256 of the stored bytes
  payload_hash bytea       NOT NULL,
  PRIMARY KEY (tenant_id, stream_id, version),
  UNIQUE (tenant_id, position)
);
--;
-- What a stream is and which engagement it belongs to; written with its first event, immutable.
CREATE TABLE IF NOT EXISTS es.stream (
  tenant_id     uuid,
  stream_id     uuid,
  type          text COLLATE "C" NOT NULL,
  engagement_id uuid,
  PRIMARY KEY (tenant_id, stream_id)
);
--;
CREATE INDEX IF NOT EXISTS stream_engagement ON es.stream (tenant_id, engagement_id, type) WHERE engagement_id IS NOT NULL;
--;
-- Answers already given, so that a command that is sent again has one effect. Kept for 30 days.
CREATE TABLE IF NOT EXISTS es.command (
  tenant_id   uuid,
  command_id  uuid,
  fingerprint bytea NOT NULL,                               -- keyed hash of the request
  result      bytea NOT NULL,                               -- ids, versions, codes; never text
  position    bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, command_id)
);
--;
-- Whatever must be unique in a tenant: hashed, and keyed when it is personal.
CREATE TABLE IF NOT EXISTS es.claim (
  tenant_id uuid,
  kind      text COLLATE "C",
  key       bytea,
  stream_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, kind, key)
);
--;
CREATE INDEX IF NOT EXISTS claim_stream ON es.claim (tenant_id, stream_id);
--;
-- The tenant's wrapping key and index key, both wrapped by the key-encryption key `kek` of the key provider.
CREATE TABLE IF NOT EXISTS es.tenant_key (
  tenant_id  uuid PRIMARY KEY,
  kek        text NOT NULL,
  wrapping   bytea NOT NULL,
  index_key  bytea NOT NULL
);
--;
-- A person's key in a realm, wrapped by the tenant's wrapping key. The row stays for ever; destroying empties it. A
-- destroyed key of a person in their own realm, or of a realm as its own subject, says that all of it is erased.
CREATE TABLE IF NOT EXISTS es.subject_key (
  tenant_id    uuid,
  subject_id   uuid,
  realm_id     uuid,
  key_v        smallint,
  wrapped      bytea,
  destroyed_at timestamptz,
  PRIMARY KEY (tenant_id, subject_id, realm_id, key_v),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
--;
CREATE INDEX IF NOT EXISTS subject_key_realm ON es.subject_key (tenant_id, realm_id);
--;
-- A folded state, so that a long stream loads fast. Disposable; ignored when the shape of the state has changed.
CREATE TABLE IF NOT EXISTS es.snapshot (
  tenant_id uuid,
  stream_id uuid,
  shape     text COLLATE "C" NOT NULL,                      -- noun and version of its state's form: plan@1
  version   int   NOT NULL,
  state     bytea NOT NULL,                                 -- personal values stay sealed
  PRIMARY KEY (tenant_id, stream_id)
);
--;
-- How far a projection has followed a tenant. Its row lock is the lease of whoever projects.
CREATE TABLE IF NOT EXISTS es.checkpoint (
  tenant_id  uuid,
  projection text COLLATE "C",
  generation int,
  position   bigint NOT NULL DEFAULT 0,
  failures   int    NOT NULL DEFAULT 0,
  retry_at   timestamptz,
  last_error text,                                          -- a class of error and a position; never content
  PRIMARY KEY (tenant_id, projection, generation)
);
--;
-- Which generation of a projection is read. About the installation, not about a tenant.
CREATE TABLE IF NOT EXISTS es.projection (
  projection text COLLATE "C",
  generation int,
  state      text NOT NULL CHECK (state IN ('building', 'live', 'retired')),
  PRIMARY KEY (projection, generation)
);
