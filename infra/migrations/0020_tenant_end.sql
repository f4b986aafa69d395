-- The end of an organization: its keys at once, its rows later. What stays is a receipt without personal data: how far its log
-- went, how many keys were destroyed, and when. Both functions run with the rights of their caller, who has to be the owner.
CREATE TABLE IF NOT EXISTS directory.ended (
  tenant_id   uuid PRIMARY KEY,
  slug        text COLLATE "C" NOT NULL,
  position    bigint NOT NULL,                              -- of the last event
  recorded_at timestamptz NOT NULL,                         -- its time
  keys        int NOT NULL,                                 -- how many were destroyed
  ended_at    timestamptz NOT NULL,
  emptied_at  timestamptz                                   -- since when there is no row of it any more
);
--;
ALTER TABLE directory.ended OWNER TO throughline_owner;
--;
-- Without its keys nothing personal can be read, without its head nothing is appended, followed or due, without a key nobody
-- gets in. One transaction, under the lock that es.append takes. Repeated, it answers with the same receipt; where
-- the name had several owners with each of theirs, the last one last; without any with no row.
CREATE OR REPLACE FUNCTION es.end_tenant(name text) RETURNS SETOF directory.ended LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  tenant uuid := (SELECT o.tenant_id FROM directory.organization o WHERE o.slug = name);
  n      int;
BEGIN
  IF tenant IS NOT NULL THEN
    PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
    UPDATE es.subject_key s SET wrapped = NULL, destroyed_at = clock_timestamp() WHERE s.tenant_id = tenant AND s.destroyed_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    INSERT INTO directory.ended (tenant_id, slug, position, recorded_at, keys, ended_at)
    SELECT tenant, name, coalesce(max(h.position), 0), coalesce(max(h.recorded_at), clock_timestamp()), n, clock_timestamp()
      FROM es.tenant_head h WHERE h.tenant_id = tenant
    ON CONFLICT DO NOTHING;
    DELETE FROM es.tenant_key k WHERE k.tenant_id = tenant;
    DELETE FROM es.tenant_head h WHERE h.tenant_id = tenant;
    DELETE FROM directory.api_key k WHERE k.tenant_id = tenant;
    DELETE FROM jobs.job j WHERE position(convert_to(tenant::text, 'UTF8') IN j.message) > 0;
    DELETE FROM directory.organization o WHERE o.tenant_id = tenant;
  END IF;
  RETURN QUERY SELECT e.* FROM directory.ended e WHERE e.slug = name ORDER BY e.ended_at;
END$$;
--;
-- Drops the rows that one table has of an organization that was ended; returns how many.
CREATE OR REPLACE FUNCTION es.drop_rows(tenant uuid, of_table regclass) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM directory.ended e WHERE e.tenant_id = tenant) THEN
    RAISE EXCEPTION 'organization % was not ended', tenant;
  END IF;
  PERFORM set_config('app.tenant_id', tenant::text, true);
  EXECUTE format('DELETE FROM %s WHERE tenant_id = $1', of_table) USING tenant;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
ALTER FUNCTION es.end_tenant OWNER TO throughline_owner;
--;
ALTER FUNCTION es.drop_rows OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.end_tenant, es.drop_rows FROM PUBLIC;
