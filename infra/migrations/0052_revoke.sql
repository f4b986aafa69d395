-- Ends every key of a person, sessions of the pages too. Returns how many still opened something.
CREATE OR REPLACE FUNCTION directory.revoke_keys(tenant uuid, person uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  UPDATE directory.api_key k SET revoked_at = clock_timestamp()
   WHERE k.tenant_id = tenant AND k.person_id = person AND k.revoked_at IS NULL
     AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp());
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
REVOKE ALL ON FUNCTION directory.revoke_keys FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.revoke_keys OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.revoke_keys TO throughline_app;
