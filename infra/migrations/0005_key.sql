-- Keys. What makes or destroys one takes the tenant's lock, as es.append does: so the append's check of a key holds.
-- These functions belong to the writer; no role may change the tables itself.

-- The tenant's keys (none: no rows), and with them, row by row, the keys asked for. A subject without a realm, or a key
-- that does not exist, gives no row of its own; without any, one row with the tenant's keys alone.
CREATE OR REPLACE FUNCTION es.keys_of(tenant uuid, subjects uuid[] DEFAULT '{}', realms uuid[] DEFAULT '{}')
RETURNS TABLE (kek text, wrapping bytea, index_key bytea, subject_id uuid, realm_id uuid, key_v smallint, wrapped bytea, destroyed_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT t.kek, t.wrapping, t.index_key, k.subject_id, k.realm_id, k.key_v, k.wrapped, k.destroyed_at
    FROM es.tenant_key t
    LEFT JOIN (SELECT s.* FROM unnest(subjects, realms) AS asked (subject, realm)
                 JOIN es.subject_key s ON s.tenant_id = tenant AND s.subject_id = asked.subject AND s.realm_id = asked.realm) k
      ON k.tenant_id = t.tenant_id
   WHERE t.tenant_id = tenant;
END$$;
--;
-- Every key of the tenant that is not destroyed: what a rotation wraps anew.
CREATE OR REPLACE FUNCTION es.live_keys(tenant uuid)
RETURNS TABLE (subject_id uuid, realm_id uuid, key_v smallint, wrapped bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT s.subject_id, s.realm_id, s.key_v, s.wrapped FROM es.subject_key s
    WHERE s.tenant_id = tenant AND s.destroyed_at IS NULL;
END$$;
--;
-- Gives a tenant its two keys; once. The caller then reads which are there.
CREATE OR REPLACE FUNCTION es.add_tenant_key(tenant uuid, under text, new_wrapping bytea, new_index_key bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  INSERT INTO es.tenant_key (tenant_id, kek, wrapping, index_key) VALUES (tenant, under, new_wrapping, new_index_key)
  ON CONFLICT DO NOTHING;
END$$;
--;
-- Gives a person a first key in a realm, unless there is one, and answers
--   ok       there is a key now: read which (another call may have been first)
--   erased   the person, the realm, or the person's part of the realm was erased
--   rotated  the wrapping key is not the tenant's any more: read it, wrap again
CREATE OR REPLACE FUNCTION es.add_subject_key(tenant uuid, subject uuid, realm uuid, under bytea, new_wrapped bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF EXISTS (SELECT FROM es.subject_key s
              WHERE s.tenant_id = tenant AND s.destroyed_at IS NOT NULL
                AND (s.subject_id, s.realm_id) IN ((subject, realm), (subject, subject), (realm, realm))) THEN
    RETURN 'erased';
  END IF;
  IF NOT EXISTS (SELECT FROM es.tenant_key t WHERE t.tenant_id = tenant AND t.wrapping = under) THEN
    RETURN 'rotated';
  END IF;
  INSERT INTO es.subject_key (tenant_id, subject_id, realm_id, key_v, wrapped) VALUES (tenant, subject, realm, 1, new_wrapped)
  ON CONFLICT DO NOTHING;
  RETURN 'ok';
END$$;
--;
-- Destroys the keys of a person in a realm; without a realm, of the person everywhere; without a person, of all in the
-- realm. What is erased as a whole gets a destroyed key of its own, so that no new one is made. Returns how many keys went.
CREATE OR REPLACE FUNCTION es.destroy_key(tenant uuid, subject uuid, realm uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  whole uuid := CASE WHEN subject IS NULL THEN realm WHEN realm IS NULL THEN subject END;
  gone  timestamptz;
  n     int;
BEGIN
  IF subject IS NULL AND realm IS NULL THEN
    RAISE EXCEPTION 'name a subject, a realm or both';
  END IF;
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  gone := clock_timestamp();
  UPDATE es.subject_key s SET wrapped = NULL, destroyed_at = gone
   WHERE s.tenant_id = tenant AND s.destroyed_at IS NULL
     AND (subject IS NULL OR s.subject_id = subject) AND (realm IS NULL OR s.realm_id = realm);
  GET DIAGNOSTICS n = ROW_COUNT;
  INSERT INTO es.subject_key (tenant_id, subject_id, realm_id, key_v, wrapped, destroyed_at)
  VALUES (tenant, coalesce(whole, subject), coalesce(whole, realm), 1, NULL, gone)
  ON CONFLICT DO NOTHING;
  RETURN n;
END$$;
--;
-- Replaces the tenant's wrapping key together with everything that it wraps. False when that is not all any more (a key
-- was made, or another rotation was first): read again, wrap again. What was destroyed meanwhile stays destroyed.
CREATE OR REPLACE FUNCTION es.rotate_key(tenant uuid, old_wrapping bytea, under text, new_wrapping bytea, new_index_key bytea,
                                         subjects uuid[], realms uuid[], vs smallint[], wraps bytea[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF EXISTS (SELECT FROM es.subject_key s WHERE s.tenant_id = tenant AND s.destroyed_at IS NULL
                AND NOT EXISTS (SELECT FROM unnest(subjects, realms, vs) AS g (subject, realm, v)
                                 WHERE g.subject = s.subject_id AND g.realm = s.realm_id AND g.v = s.key_v)) THEN
    RETURN false;
  END IF;
  UPDATE es.tenant_key t SET kek = under, wrapping = new_wrapping, index_key = new_index_key
   WHERE t.tenant_id = tenant AND t.wrapping = old_wrapping;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  FOR i IN 1 .. coalesce(cardinality(subjects), 0) LOOP
    UPDATE es.subject_key s SET wrapped = wraps[i]
     WHERE s.tenant_id = tenant AND s.subject_id = subjects[i] AND s.realm_id = realms[i] AND s.key_v = vs[i] AND s.destroyed_at IS NULL;
  END LOOP;
  RETURN true;
END$$;
--;
-- Forgets the answers of commands that are older than 30 days; returns how many.
CREATE OR REPLACE FUNCTION es.forget_commands(tenant uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before timestamptz := clock_timestamp() - interval '30 days';
  n      bigint;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  DELETE FROM es.command c WHERE c.tenant_id = tenant AND c.recorded_at < before;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
-- Hard erasure: empties a stream's payloads and drops what was made of them. The hashes stay, so proofs still hold. Runs
-- with the rights of its caller, and only the owner may update events. Returns how many payloads went.
CREATE OR REPLACE FUNCTION es.erase_stream(tenant uuid, stream uuid) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  n int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  DELETE FROM es.snapshot s WHERE s.tenant_id = tenant AND s.stream_id = stream;
  DELETE FROM es.claim c WHERE c.tenant_id = tenant AND c.stream_id = stream;
  DELETE FROM es.command c USING es.event e
   WHERE c.tenant_id = tenant AND e.tenant_id = tenant AND e.stream_id = stream AND e.recorded_at = c.recorded_at AND e.position <= c.position;
  UPDATE es.event e SET payload = NULL WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.payload IS NOT NULL;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
