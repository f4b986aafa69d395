-- Whose keys an organization has, and in which roles, without their hashes: what is compared with the roles that were granted.
CREATE OR REPLACE FUNCTION directory.keys_of(tenant uuid) RETURNS TABLE (key_id uuid, person_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.key_id, k.person_id, k.role FROM directory.api_key k WHERE k.tenant_id = tenant
$$;
--;
REVOKE ALL ON FUNCTION directory.keys_of FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.keys_of OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.keys_of TO throughline_app;
