-- What an audit reads: es.feed and es.feed_of with the hash of who acted, too, and events by their positions. The earlier two
-- stay as they are, for a release that still calls them has plans of them, which a new column would break.
CREATE OR REPLACE FUNCTION es.feed_v2(tenant uuid, after bigint, up_to int)
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea, meta_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash, e.meta_hash
    FROM es.event e JOIN es.stream s ON s.tenant_id = e.tenant_id AND s.stream_id = e.stream_id
   WHERE e.tenant_id = tenant AND s.tenant_id = tenant AND e.position > after AND e.position <= after + up_to
   ORDER BY e.position;
END$$;
--;
CREATE OR REPLACE FUNCTION es.feed_of_v2(tenant uuid, engagements uuid[], until bigint)
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea, meta_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash, e.meta_hash
    FROM (SELECT t.stream_id, t.engagement_id FROM es.stream t WHERE t.tenant_id = tenant AND t.engagement_id = ANY (engagements)
          UNION ALL
          SELECT t.stream_id, t.engagement_id FROM es.stream t WHERE t.tenant_id = tenant AND t.stream_id = ANY (engagements)) s
    JOIN es.event e ON e.tenant_id = tenant AND e.stream_id = s.stream_id AND e.position <= until
   ORDER BY e.position;
END$$;
--;
CREATE OR REPLACE FUNCTION es.feed_at(tenant uuid, positions bigint[])
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea, meta_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash, e.meta_hash
    FROM es.event e JOIN es.stream s ON s.tenant_id = e.tenant_id AND s.stream_id = e.stream_id
   WHERE e.tenant_id = tenant AND s.tenant_id = tenant AND e.position = ANY (positions)
   ORDER BY e.position;
END$$;
--;
ALTER FUNCTION es.feed_v2 OWNER TO throughline_owner;
--;
ALTER FUNCTION es.feed_of_v2 OWNER TO throughline_owner;
--;
ALTER FUNCTION es.feed_at OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.feed_v2, es.feed_of_v2, es.feed_at FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.feed_v2, es.feed_of_v2, es.feed_at TO throughline_app;
