-- What the nodes of a Citus cluster would not run, said so that they do. On one PostgreSQL nothing changes.

-- As 0005_key.sql says of it. An UPDATE that sets a column to a part of an array brings a node down.
CREATE OR REPLACE FUNCTION es.rotate_key(tenant uuid, old_wrapping bytea, under text, new_wrapping bytea, new_index_key bytea,
                                         subjects uuid[], realms uuid[], vs smallint[], wraps bytea[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wrap bytea;
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
    wrap := wraps[i];
    UPDATE es.subject_key s SET wrapped = wrap
     WHERE s.tenant_id = tenant AND s.subject_id = subjects[i] AND s.realm_id = realms[i] AND s.key_v = vs[i] AND s.destroyed_at IS NULL;
  END LOOP;
  RETURN true;
END$$;
--;
-- As 0020_tenant_end.sql says of it. An UPDATE may not ask the clock there.
CREATE OR REPLACE FUNCTION es.end_tenant(name text) RETURNS SETOF directory.ended LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  tenant        uuid := (SELECT o.tenant_id FROM directory.organization o WHERE o.slug = name);
  gone          timestamptz;
  last_position bigint;
  recorded      timestamptz;
  n             int;
BEGIN
  IF tenant IS NOT NULL THEN
    PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
    gone := clock_timestamp();
    UPDATE es.subject_key s SET wrapped = NULL, destroyed_at = gone WHERE s.tenant_id = tenant AND s.destroyed_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    SELECT h.position, h.recorded_at INTO last_position, recorded FROM es.tenant_head h WHERE h.tenant_id = tenant;
    INSERT INTO directory.ended (tenant_id, slug, position, recorded_at, keys, ended_at)
    VALUES (tenant, name, coalesce(last_position, 0), coalesce(recorded, gone), n, gone)
    ON CONFLICT DO NOTHING;
    DELETE FROM es.tenant_key k WHERE k.tenant_id = tenant;
    DELETE FROM es.tenant_head h WHERE h.tenant_id = tenant;
    DELETE FROM directory.api_key k WHERE k.tenant_id = tenant;
    DELETE FROM jobs.job j WHERE position(convert_to(tenant::text, 'UTF8') IN j.message) > 0;
    DELETE FROM directory.organization o WHERE o.tenant_id = tenant;
  END IF;
  RETURN QUERY SELECT e.* FROM directory.ended e WHERE e.slug = name ORDER BY e.ended_at;
END$$;
