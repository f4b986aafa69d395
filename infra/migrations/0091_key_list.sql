-- What an organization's people see of their keys, and do to them. Hashes never leave the directory.
CREATE OR REPLACE FUNCTION directory.keys_kept(tenant uuid, of_kind text, person uuid, idle_since timestamptz, at timestamptz,
                                               before uuid, up_to int)
RETURNS TABLE (key_id uuid, person_id uuid, role text, name text, scopes text[], hint text, how text, created_at timestamptz, created_by uuid,
               expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, replaces uuid, replaced_by uuid, version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  -- The newest first. Only those of one person, where one is named; only those that still open something, where `at` is given.
  SELECT k.key_id, k.person_id, k.role, k.name, k.scopes, k.hint, k.how, k.created_at, k.created_by, k.expires_at, k.revoked_at,
         k.last_used_at, k.replaces, (SELECT n.key_id FROM directory.api_key n WHERE n.replaces = k.key_id), k.version
    FROM directory.api_key k
   WHERE k.tenant_id = tenant AND k.kind = of_kind AND (person IS NULL OR k.person_id = person) AND (before IS NULL OR k.key_id < before)
     AND (at IS NULL OR k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > at)
                    AND (k.kind = 'key' OR coalesce(k.last_used_at, k.created_at) > idle_since))
   ORDER BY k.key_id DESC LIMIT up_to
$$;
--;
CREATE OR REPLACE FUNCTION directory.key_kept(tenant uuid, of_kind text, key uuid)
RETURNS TABLE (key_id uuid, person_id uuid, role text, name text, scopes text[], hint text, how text, created_at timestamptz, created_by uuid,
               expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, replaces uuid, replaced_by uuid, version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.key_id, k.person_id, k.role, k.name, k.scopes, k.hint, k.how, k.created_at, k.created_by, k.expires_at, k.revoked_at,
         k.last_used_at, k.replaces, (SELECT n.key_id FROM directory.api_key n WHERE n.replaces = k.key_id), k.version
    FROM directory.api_key k WHERE k.tenant_id = tenant AND k.kind = of_kind AND k.key_id = key
$$;
--;
-- What became of a key, the first step first.
CREATE OR REPLACE FUNCTION directory.steps_of(tenant uuid, key uuid)
RETURNS TABLE (what text, at timestamptz, by uuid, name text, scopes text[], expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.what, s.at, s.by, s.name, s.scopes, s.expires_at FROM directory.key_step s
   WHERE s.tenant_id = tenant AND s.key_id = key ORDER BY s.version
$$;
--;
-- False when it is at another version, or has been ended.
CREATE OR REPLACE FUNCTION directory.change_key(tenant uuid, key uuid, expected int, label text, allowed text[], until timestamptz, who uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.api_key k SET name = label, scopes = allowed, expires_at = until, version = k.version + 1
   WHERE k.tenant_id = tenant AND k.kind = 'key' AND k.key_id = key AND k.version = expected AND k.revoked_at IS NULL;
  IF FOUND THEN
    PERFORM directory.note_step(tenant, key, 'changed', who);
    RETURN true;
  END IF;
  RETURN false;
END$$;
--;
-- A new key instead of one that goes on until `old_until` at most. False when that has been replaced, or ended by `moment`: of two
-- who do it at once one waits for the other's row, and then sees it replaced.
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
                                 replaces)
  SELECT hash, k.tenant_id, new_key, k.person_id, k.role, clock_timestamp(), until, k.kind, k.name, k.scopes, who, shown, k.key_id
    FROM directory.api_key k WHERE k.tenant_id = tenant AND k.key_id = key;
  PERFORM directory.note_step(tenant, new_key, 'made', who);
  UPDATE directory.api_key k SET expires_at = least(k.expires_at, old_until), version = k.version + 1
   WHERE k.tenant_id = tenant AND k.key_id = key;
  PERFORM directory.note_step(tenant, key, 'replaced', who);
  RETURN true;
END$$;
--;
-- Nothing of a key is forgotten any more.
DROP FUNCTION IF EXISTS directory.forget_keys(timestamptz);
--;
REVOKE DELETE ON directory.api_key FROM throughline_writer;
--;
REVOKE ALL ON FUNCTION directory.keys_kept, directory.key_kept, directory.steps_of, directory.change_key, directory.replace_key FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.keys_kept OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.key_kept OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.steps_of OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.change_key OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.replace_key OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.keys_kept, directory.key_kept, directory.steps_of, directory.change_key, directory.replace_key
  TO throughline_app;
