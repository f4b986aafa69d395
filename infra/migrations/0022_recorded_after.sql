-- When the next event after a position was recorded: since then whoever stands at that position has been behind. Null at the head.
CREATE OR REPLACE FUNCTION es.recorded_after(tenant uuid, after bigint) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN (SELECT e.recorded_at FROM es.event e WHERE e.tenant_id = tenant AND e.position = after + 1);
END$$;
--;
ALTER FUNCTION es.recorded_after OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.recorded_after FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.recorded_after TO throughline_worker;
