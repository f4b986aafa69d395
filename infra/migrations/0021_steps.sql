-- The steps of a tenant's log say also whether history was imported, since nothing follows from that. Which channel it came
-- through stands beside who acted, which a worker has no business with: so the function looks, and says only this.
DROP FUNCTION IF EXISTS es.steps(uuid, bigint, int);
--;
CREATE OR REPLACE FUNCTION es.steps_since(tenant uuid, after bigint, up_to int)
RETURNS TABLE (stream_id uuid, version int, "position" bigint, type text, imported boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, e.version, e.position, e.type, convert_from(e.meta, 'UTF8')::jsonb ->> 'channel' = 'import'
    FROM es.event e WHERE e.tenant_id = tenant AND e.position > after AND e.position <= after + up_to ORDER BY e.position;
END$$;
--;
REVOKE ALL ON FUNCTION es.steps_since FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA es TO throughline_writer;
--;
ALTER FUNCTION es.steps_since OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA es FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION es.steps_since TO throughline_worker;
