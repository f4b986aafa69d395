-- How far streams have come, for who has folded them before and asks whether that still is how they stand. A stream of which
-- a payload was erased is one that can be folded no more.
CREATE OR REPLACE FUNCTION es.versions(tenant uuid, streams uuid[]) RETURNS TABLE (stream_id uuid, version int, is_erased boolean)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, max(e.version), bool_or(e.payload IS NULL)
    FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = ANY (streams) GROUP BY e.stream_id;
END$$;
--;
ALTER FUNCTION es.versions OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.versions FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.versions TO throughline_app;
