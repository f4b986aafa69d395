-- Engagements whose coaching began and is over count in no quota any more. What is counted is listed in the index, which holds
-- nothing else; one that was cancelled never began.
CREATE INDEX IF NOT EXISTS event_ended ON es.event (tenant_id, position)
 WHERE type IN ('engagement.engagement_completed', 'engagement.engagement_ended_early');
--;
-- How many there are up to a position. Volatile: it counts what is there now, and not when the statement began.
CREATE OR REPLACE FUNCTION es.count_ended(tenant uuid, until bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  SELECT count(*) INTO n FROM es.event e
   WHERE e.tenant_id = tenant AND e.position <= until
     AND e.type IN ('engagement.engagement_completed', 'engagement.engagement_ended_early');
  RETURN n;
END$$;
--;
ALTER FUNCTION es.count_ended OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.count_ended FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.count_ended TO throughline_app;
