-- What a key is for, and what became of it. A sign-in, whose secret the pages keep in a cookie, is a key of its own. Rows stay as
-- long as the organization does, and so does every step in a key's life: who made, changed, replaced or ended it, and when. No
-- personal data: people are ids, and a name says what a key is for.
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS kind text COLLATE "C" NOT NULL DEFAULT 'key' CHECK (kind IN ('key', 'sign_in'));
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS name text CHECK (length(name) BETWEEN 1 AND 80);
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS scopes text[] COLLATE "C";  -- NULL: all that the role may
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS created_by uuid;            -- NULL: the operator
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS how text COLLATE "C";       -- of a sign-in: by what somebody signed in
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS bound timestamptz;          -- of a sign-in by a key that ends: when it does
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS hint text COLLATE "C";      -- the key's beginning, by which its holder knows it
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS replaces uuid;              -- the key that it was made instead of
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS version int NOT NULL DEFAULT 1;
--;
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS last_used_at timestamptz;   -- to the minute
--;
CREATE UNIQUE INDEX IF NOT EXISTS api_key_listed ON directory.api_key (tenant_id, key_id);
--;
CREATE UNIQUE INDEX IF NOT EXISTS api_key_replaced ON directory.api_key (replaces) WHERE replaces IS NOT NULL;
--;
CREATE TABLE IF NOT EXISTS directory.key_step (
  tenant_id  uuid NOT NULL,
  key_id     uuid NOT NULL,
  version    int NOT NULL,                                  -- of the key, after it
  what       text COLLATE "C" NOT NULL CHECK (what IN ('made', 'changed', 'replaced', 'ended')),
  at         timestamptz NOT NULL,
  by         uuid,                                          -- who did it; NULL: the operator
  name       text,
  scopes     text[] COLLATE "C",
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, key_id, version),
  FOREIGN KEY (tenant_id, key_id) REFERENCES directory.api_key (tenant_id, key_id) ON DELETE CASCADE  -- which ends with its organization
);
--;
ALTER TABLE directory.key_step OWNER TO throughline_owner;
--;
GRANT SELECT, INSERT ON directory.key_step TO throughline_writer;
--;
GRANT UPDATE (name, scopes, expires_at, version, last_used_at) ON directory.api_key TO throughline_writer;
--;
-- Notes how a key stands after a step. Called by the functions below only, as whom they run.
CREATE OR REPLACE FUNCTION directory.note_step(tenant uuid, key uuid, did text, who uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO directory.key_step (tenant_id, key_id, version, what, at, by, name, scopes, expires_at)
  SELECT k.tenant_id, k.key_id, k.version, did, clock_timestamp(), who, k.name, k.scopes, k.expires_at
    FROM directory.api_key k WHERE k.tenant_id = tenant AND k.key_id = key
$$;
--;
CREATE OR REPLACE FUNCTION directory.make_key(hash bytea, tenant uuid, key uuid, person uuid, for_role text, of_kind text, label text,
                                              allowed text[], until timestamptz, who uuid, by_what text, shown text,
                                              bound_by timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO directory.api_key (key_hash, tenant_id, key_id, person_id, role, created_at, expires_at, kind, name, scopes, created_by, how, hint,
                                 bound)
  VALUES (hash, tenant, key, person, for_role, clock_timestamp(), until, of_kind, label, allowed, who, by_what, shown, bound_by);
  PERFORM directory.note_step(tenant, key, 'made', who);
END$$;
--;
-- As directory.find_key, with what the key is and may.
CREATE OR REPLACE FUNCTION directory.key_of(hash bytea)
RETURNS TABLE (tenant_id uuid, key_id uuid, person_id uuid, role text, kind text, scopes text[], created_at timestamptz,
               expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, bound timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.tenant_id, k.key_id, k.person_id, k.role, k.kind, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.bound
    FROM directory.api_key k WHERE k.key_hash = hash
$$;
--;
-- Ends a key or a sign-in. False when the tenant has none of that kind so called, or it was ended before.
CREATE OR REPLACE FUNCTION directory.end_key(tenant uuid, of_kind text, key uuid, who uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.api_key k SET revoked_at = clock_timestamp(), version = k.version + 1
   WHERE k.tenant_id = tenant AND k.kind = of_kind AND k.key_id = key AND k.revoked_at IS NULL;
  IF FOUND THEN
    PERFORM directory.note_step(tenant, key, 'ended', who);
    RETURN true;
  END IF;
  RETURN false;
END$$;
--;
-- Ends every key of a person, or of one kind only, or all but one. Returns how many still opened something.
CREATE OR REPLACE FUNCTION directory.end_keys(tenant uuid, person uuid, of_kind text, but uuid, who uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  key uuid;
  n   bigint := 0;
BEGIN
  FOR key IN UPDATE directory.api_key k SET revoked_at = clock_timestamp(), version = k.version + 1
              WHERE k.tenant_id = tenant AND k.person_id = person AND k.revoked_at IS NULL
                AND (of_kind IS NULL OR k.kind = of_kind) AND (but IS NULL OR k.key_id <> but)
                AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp()) RETURNING k.key_id LOOP
    PERFORM directory.note_step(tenant, key, 'ended', who);
    n := n + 1;
  END LOOP;
  RETURN n;
END$$;
--;
-- When keys were used, to the minute: one that was noted less than a minute before is left as it stands.
CREATE OR REPLACE FUNCTION directory.note_uses(tenants uuid[], keys uuid[], at timestamptz[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE directory.api_key k SET last_used_at = u.at
    FROM unnest(tenants, keys, at) AS u (tenant_id, key_id, at)
   WHERE k.tenant_id = u.tenant_id AND k.key_id = u.key_id
     AND (k.last_used_at IS NULL OR k.last_used_at <= u.at - interval '1 minute')
$$;
--;
REVOKE ALL ON FUNCTION directory.note_step, directory.make_key, directory.key_of, directory.end_key, directory.end_keys, directory.note_uses
  FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.note_step OWNER TO throughline_owner;
--;
ALTER FUNCTION directory.make_key OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.key_of OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.end_key OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.end_keys OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.note_uses OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.note_step TO throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.make_key, directory.key_of, directory.end_key, directory.end_keys, directory.note_uses TO throughline_app;
