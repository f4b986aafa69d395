-- Destroys a person's keys everywhere, and everybody's in the realms that end with them, and gives back what the person claimed under
-- kinds that are personal. False, and nothing done, when the organization's own stream is not at that version any more: it says what the
-- law forbids to erase. Under the tenant's lock, as an append is: of a hold that is placed at the same moment one comes first.
CREATE OR REPLACE FUNCTION es.erase_person(tenant uuid, person uuid, realms uuid[], organization_version int, personal text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  realm uuid;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF (SELECT max(e.version) FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = tenant) IS DISTINCT FROM organization_version THEN
    RETURN false;
  END IF;
  PERFORM es.destroy_key(tenant, person, NULL);
  FOREACH realm IN ARRAY realms LOOP
    PERFORM es.destroy_key(tenant, NULL, realm);
  END LOOP;
  DELETE FROM es.claim c WHERE c.tenant_id = tenant AND c.stream_id = person AND c.kind = ANY (personal);
  RETURN true;
END$$;
--;
REVOKE ALL ON FUNCTION es.erase_person FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA es TO throughline_writer;
--;
ALTER FUNCTION es.erase_person OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA es FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION es.erase_person TO throughline_app;
