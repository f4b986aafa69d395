-- Reading what belongs to an engagement, such as a plan, where its own events do not matter: who may see it stands in the
-- engagement, and how long a plan is makes no difference then.

-- As es.load in 0030_moment.sql, and of one more stream (`about`) only the row t, with its engagement; of one that belongs to
-- none, all. es.load stays for the release before.
CREATE OR REPLACE FUNCTION es.load_v2(tenant uuid, streams uuid[], command uuid, shapes text[], about uuid)
RETURNS TABLE (what "char", id uuid, version int, at_position bigint, type text, schema_v smallint, at timestamptz,
               meta bytea, body bytea, hash bytea, engagement_id uuid)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  wanted uuid[];
  one    record;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  IF command IS NOT NULL THEN
    RETURN QUERY SELECT 'c'::"char", c.command_id, 0, c.position, NULL::text, NULL::smallint, c.recorded_at, NULL::bytea, c.result,
                        c.fingerprint, NULL::uuid
      FROM es.command c WHERE c.tenant_id = tenant AND c.command_id = command;
    IF FOUND THEN RETURN; END IF;
  END IF;
  IF about IS NOT NULL THEN
    SELECT s.type, s.engagement_id INTO type, engagement_id FROM es.stream s WHERE s.tenant_id = tenant AND s.stream_id = about;
    streams := streams || coalesce(engagement_id, about);
    IF engagement_id IS NOT NULL THEN
      what := 't';
      id := about;
      version := 0;
      RETURN NEXT;
    END IF;
  END IF;
  RETURN QUERY SELECT 'h'::"char", h.tenant_id, 0, h.position, NULL::text, NULL::smallint, h.recorded_at, NULL::bytea, NULL::bytea,
                      NULL::bytea, NULL::uuid
    FROM es.tenant_head h WHERE h.tenant_id = tenant;
  wanted := streams || ARRAY(
    SELECT s.engagement_id FROM es.stream s
     WHERE s.tenant_id = tenant AND s.stream_id = ANY (streams) AND s.engagement_id <> ALL (streams) GROUP BY 1);
  FOR one IN
    SELECT s.stream_id, s.type, s.engagement_id,
           (SELECT max(n.version) FROM es.snapshot n
             WHERE n.tenant_id = tenant AND n.stream_id = s.stream_id AND n.shape = ANY (shapes)) AS past
      FROM es.stream s WHERE s.tenant_id = tenant AND s.stream_id = ANY (wanted)
  LOOP
    what := 't';
    id := one.stream_id;
    version := 0;
    type := one.type;
    engagement_id := one.engagement_id;
    RETURN NEXT;
    IF one.past IS NOT NULL THEN
      RETURN QUERY SELECT 's'::"char", n.stream_id, n.version, NULL::bigint, n.shape, NULL::smallint, NULL::timestamptz, NULL::bytea,
                          n.state, NULL::bytea, NULL::uuid
        FROM es.snapshot n WHERE n.tenant_id = tenant AND n.stream_id = one.stream_id AND n.version = one.past;
    END IF;
    RETURN QUERY SELECT 'e'::"char", e.stream_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.meta, e.payload,
                        e.payload_hash, NULL::uuid
      FROM es.event e
     WHERE e.tenant_id = tenant AND e.stream_id = one.stream_id AND e.version > coalesce(one.past, 0) ORDER BY e.version;
  END LOOP;
END$$;
--;
ALTER FUNCTION es.load_v2 OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.load_v2 FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.load_v2 TO throughline_app;
