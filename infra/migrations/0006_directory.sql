-- What must be found before the tenant is known: its short name, and whose an API key is. No personal data. Nobody may
-- read the tables; the functions answer exact matches only, so that nothing can be listed.
CREATE TABLE IF NOT EXISTS directory.organization (
  tenant_id uuid PRIMARY KEY,
  slug      text COLLATE "C" NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  state     text NOT NULL CHECK (state IN ('reserved', 'active'))
);
--;
CREATE TABLE IF NOT EXISTS directory.api_key (
  key_hash   bytea PRIMARY KEY CHECK (length(key_hash) = 32),    -- SHA-256 of the key; the key itself is shown once
  tenant_id  uuid NOT NULL,
  key_id     uuid NOT NULL UNIQUE,
  person_id  uuid NOT NULL,
  role       text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);
--;
-- Holds a short name for a tenant that is about to be made; repeatable. False when another has it.
CREATE OR REPLACE FUNCTION directory.reserve_slug(tenant uuid, wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO directory.organization (tenant_id, slug, state) VALUES (tenant, wanted, 'reserved') ON CONFLICT DO NOTHING;
  RETURN EXISTS (SELECT FROM directory.organization o WHERE o.tenant_id = tenant AND o.slug = wanted);
END$$;
--;
-- The tenant exists now. False when it never reserved a name.
CREATE OR REPLACE FUNCTION directory.confirm_slug(tenant uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.organization o SET state = 'active' WHERE o.tenant_id = tenant;
  RETURN FOUND;
END$$;
--;
CREATE OR REPLACE FUNCTION directory.find_slug(wanted text) RETURNS TABLE (tenant_id uuid, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.tenant_id, o.state FROM directory.organization o WHERE o.slug = wanted
$$;
--;
CREATE OR REPLACE FUNCTION directory.add_key(hash bytea, tenant uuid, key uuid, person uuid, for_role text, until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO directory.api_key (key_hash, tenant_id, key_id, person_id, role, created_at, expires_at)
  VALUES (hash, tenant, key, person, for_role, clock_timestamp(), until)
$$;
--;
-- Whose a key is; also when it has expired or was revoked, which the caller has to check.
CREATE OR REPLACE FUNCTION directory.find_key(hash bytea)
RETURNS TABLE (tenant_id uuid, key_id uuid, person_id uuid, role text, created_at timestamptz, expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.tenant_id, k.key_id, k.person_id, k.role, k.created_at, k.expires_at, k.revoked_at
    FROM directory.api_key k WHERE k.key_hash = hash
$$;
--;
-- False when the tenant has no such key, or it was revoked before.
CREATE OR REPLACE FUNCTION directory.revoke_key(tenant uuid, key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.api_key k SET revoked_at = clock_timestamp() WHERE k.tenant_id = tenant AND k.key_id = key AND k.revoked_at IS NULL;
  RETURN FOUND;
END$$;
