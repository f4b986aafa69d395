-- What an organization may use at most, as the operator set it; null: the default of the release. It stands beside the short name,
-- so that it is there before the organization's log is read, and goes when the organization ends.
ALTER TABLE directory.organization ADD COLUMN IF NOT EXISTS people int CHECK (people > 0);
--;
ALTER TABLE directory.organization ADD COLUMN IF NOT EXISTS engagements int CHECK (engagements > 0);
--;
ALTER TABLE directory.organization ADD COLUMN IF NOT EXISTS requests_per_minute int CHECK (requests_per_minute > 0);
--;
ALTER TABLE directory.organization ADD COLUMN IF NOT EXISTS storage_mb int CHECK (storage_mb > 0);
--;
GRANT UPDATE (people, engagements, requests_per_minute, storage_mb) ON directory.organization TO throughline_writer;
--;
-- One row for an organization that is registered, else none.
CREATE OR REPLACE FUNCTION directory.quota_of(tenant uuid)
RETURNS TABLE (people int, engagements int, requests_per_minute int, storage_mb int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.people, o.engagements, o.requests_per_minute, o.storage_mb FROM directory.organization o WHERE o.tenant_id = tenant
$$;
--;
-- False when there is no such organization.
CREATE OR REPLACE FUNCTION directory.set_quota(tenant uuid, people int, engagements int, requests_per_minute int, storage_mb int)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.organization o
     SET people = set_quota.people, engagements = set_quota.engagements, requests_per_minute = set_quota.requests_per_minute,
         storage_mb = set_quota.storage_mb
   WHERE o.tenant_id = tenant;
  RETURN FOUND;
END$$;
--;
REVOKE ALL ON FUNCTION directory.quota_of, directory.set_quota FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.quota_of OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.set_quota OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.quota_of, directory.set_quota TO throughline_app;
