-- Two organizations of which whoever starts can try whether their keys open: the oldest and the newest that has a log, so that another
-- installation's key file is noticed, and so is a copy from before the last rotation. The application sees one tenant at a time, and
-- no list of them.
CREATE OR REPLACE FUNCTION directory.some_tenants() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  (SELECT o.tenant_id FROM directory.organization o WHERE o.state = 'active' ORDER BY o.tenant_id LIMIT 1)
  UNION
  (SELECT o.tenant_id FROM directory.organization o WHERE o.state = 'active' ORDER BY o.tenant_id DESC LIMIT 1)
$$;
--;
REVOKE ALL ON FUNCTION directory.some_tenants FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.some_tenants OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.some_tenants TO throughline_app;
--;
-- The first of the keys that were made one instead of the other: whoever repeats a request with an idempotency key after a rotation
-- is still the same. NULL: it was made instead of none.
ALTER TABLE directory.api_key ADD COLUMN IF NOT EXISTS principal uuid;
--;
WITH RECURSIVE line (tenant_id, key_id, principal) AS (
  SELECT k.tenant_id, k.key_id, k.key_id FROM directory.api_key k WHERE k.replaces IS NULL
  UNION ALL
  SELECT k.tenant_id, k.key_id, l.principal FROM line l JOIN directory.api_key k ON k.tenant_id = l.tenant_id AND k.replaces = l.key_id
)
UPDATE directory.api_key k SET principal = l.principal
  FROM line l WHERE l.tenant_id = k.tenant_id AND l.key_id = k.key_id AND l.principal <> l.key_id;
--;
-- As before, and the principal goes on.
CREATE OR REPLACE FUNCTION directory.replace_key(tenant uuid, key uuid, moment timestamptz, old_until timestamptz, hash bytea, new_key uuid,
                                                 until timestamptz, shown text, who uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM directory.api_key k WHERE k.tenant_id = tenant AND k.kind = 'key' AND k.key_id = key AND k.revoked_at IS NULL
                                     AND (k.expires_at IS NULL OR k.expires_at > moment) FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM directory.api_key n WHERE n.replaces = key) THEN
    RETURN false;
  END IF;
  INSERT INTO directory.api_key (key_hash, tenant_id, key_id, person_id, role, created_at, expires_at, kind, name, scopes, created_by, hint,
                                 replaces, principal)
  SELECT hash, k.tenant_id, new_key, k.person_id, k.role, clock_timestamp(), until, k.kind, k.name, k.scopes, who, shown, k.key_id,
         coalesce(k.principal, k.key_id)
    FROM directory.api_key k WHERE k.tenant_id = tenant AND k.key_id = key;
  PERFORM directory.note_step(tenant, new_key, 'made', who);
  UPDATE directory.api_key k SET expires_at = least(k.expires_at, old_until), version = k.version + 1
   WHERE k.tenant_id = tenant AND k.key_id = key;
  PERFORM directory.note_step(tenant, key, 'replaced', who);
  RETURN true;
END$$;
--;
-- As directory.key_of, which stays for the release before, with the principal.
CREATE OR REPLACE FUNCTION directory.key_of_v2(hash bytea)
RETURNS TABLE (tenant_id uuid, key_id uuid, person_id uuid, role text, kind text, scopes text[], created_at timestamptz,
               expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, bound timestamptz, principal uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.tenant_id, k.key_id, k.person_id, k.role, k.kind, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.bound,
         coalesce(k.principal, k.key_id)
    FROM directory.api_key k WHERE k.key_hash = hash
$$;
--;
REVOKE ALL ON FUNCTION directory.key_of_v2 FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.key_of_v2 OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.key_of_v2 TO throughline_app;
