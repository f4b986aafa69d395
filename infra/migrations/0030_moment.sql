-- Reading what was: snapshots of a stream at several versions, and its state as of a moment on two clocks.

-- Each is one more place to begin a fold at, so that any moment of a long stream is as near as the present.
ALTER TABLE es.snapshot DROP CONSTRAINT IF EXISTS snapshot_pkey;
--;
ALTER TABLE es.snapshot ADD CONSTRAINT snapshot_pkey PRIMARY KEY (tenant_id, stream_id, version);
--;
-- Keeps a snapshot beside those of its shape, and drops those of others. Under the tenant's lock and only while the stream
-- has its payloads, so that what was written late cannot bring an erased stream back.
CREATE OR REPLACE FUNCTION es.keep_snapshot(tenant uuid, stream uuid, form text, at_version int, folded bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF EXISTS (SELECT FROM es.event e
              WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.version = at_version AND e.payload IS NOT NULL) THEN
    DELETE FROM es.snapshot s WHERE s.tenant_id = tenant AND s.stream_id = stream AND s.shape <> form;
    INSERT INTO es.snapshot (tenant_id, stream_id, shape, version, state) VALUES (tenant, stream, form, at_version, folded)
    ON CONFLICT (tenant_id, stream_id, version) DO NOTHING;
  END IF;
END$$;
--;
-- What a command needs, as 0004_read.sql says; of several snapshots the newest. Each statement costs as much as a few events,
-- so the streams are found by one, and a snapshot is asked for only where there is one.
CREATE OR REPLACE FUNCTION es.load(tenant uuid, streams uuid[], command uuid DEFAULT NULL, shapes text[] DEFAULT '{}')
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
DROP FUNCTION IF EXISTS es.as_of(uuid, uuid[], bigint);
--;
-- The streams as they stood at a moment: rows t, s and e of es.load, after a row h with the position and time where the record
-- clock stood (none before the first event).
--   until, recorded  the record clock: the last position or, where that is null, the last time; both null: the head
--   occurred         the business clock: events that happened later are left out. Those of the types `corrections` are not:
--                    they speak of another event, and the reader drops them with that one.
-- A snapshot is taken when it holds nothing that is left out; its row has position and hash of the event that it stands at.
CREATE OR REPLACE FUNCTION es.hindsight(tenant uuid, streams uuid[], until bigint, recorded timestamptz DEFAULT NULL,
                                        occurred timestamptz DEFAULT NULL, shapes text[] DEFAULT '{}', corrections text[] DEFAULT '{}')
RETURNS TABLE (what "char", id uuid, version int, at_position bigint, type text, schema_v smallint, at timestamptz,
               meta bytea, body bytea, hash bytea, engagement_id uuid)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  one     uuid;
  upper   bigint := until;
  low     int;
  high    int;
  middle  int;
  inside  boolean;
  past    int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  IF upper IS NULL AND recorded IS NOT NULL THEN
    upper := es.position_at(tenant, recorded);
  ELSIF upper IS NULL THEN
    SELECT h.position INTO upper FROM es.tenant_head h WHERE h.tenant_id = tenant;
  END IF;
  RETURN QUERY SELECT 'h'::"char", e.tenant_id, 0, e.position, NULL::text, NULL::smallint, e.recorded_at, NULL::bytea, NULL::bytea,
                      NULL::bytea, NULL::uuid
    FROM es.event e WHERE e.tenant_id = tenant AND e.position = upper;
  FOREACH one IN ARRAY streams LOOP
    RETURN QUERY SELECT 't'::"char", s.stream_id, 0, NULL::bigint, s.type, NULL::smallint, NULL::timestamptz, NULL::bytea, NULL::bytea,
                        NULL::bytea, s.engagement_id
      FROM es.stream s WHERE s.tenant_id = tenant AND s.stream_id = one;
    -- The last version in the moment: a binary search, for positions never decrease with version.
    low := 0;
    SELECT coalesce(max(e.version), 0) INTO high FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = one;
    WHILE low < high LOOP
      middle := (low + high + 1) / 2;
      SELECT e.position <= upper INTO STRICT inside FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = one AND e.version = middle;
      IF inside THEN low := middle; ELSE high := middle - 1; END IF;
    END LOOP;
    -- The last version up to which nothing is left out.
    IF occurred IS NOT NULL THEN
      SELECT e.version INTO high FROM es.event e
       WHERE e.tenant_id = tenant AND e.stream_id = one AND e.version <= low AND e.occurred_at > occurred ORDER BY e.version LIMIT 1;
      high := coalesce(high - 1, low);
    END IF;
    past := 0;
    SELECT n.version INTO past FROM es.snapshot n
     WHERE n.tenant_id = tenant AND n.stream_id = one AND n.version <= high AND n.shape = ANY (shapes) ORDER BY n.version DESC LIMIT 1;
    past := coalesce(past, 0);
    RETURN QUERY SELECT 's'::"char", n.stream_id, n.version, e.position, n.shape, NULL::smallint, NULL::timestamptz, NULL::bytea, n.state,
                        e.payload_hash, NULL::uuid
      FROM es.snapshot n
      JOIN es.event e ON e.tenant_id = n.tenant_id AND e.stream_id = n.stream_id AND e.version = n.version
     WHERE n.tenant_id = tenant AND e.tenant_id = tenant AND n.stream_id = one AND n.version = past;
    RETURN QUERY SELECT 'e'::"char", e.stream_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.meta, e.payload,
                        e.payload_hash, NULL::uuid
      FROM es.event e
     WHERE e.tenant_id = tenant AND e.stream_id = one AND e.version > past AND e.version <= low
       AND (occurred IS NULL OR e.occurred_at <= occurred OR e.type = ANY (corrections))
     ORDER BY e.version;
  END LOOP;
END$$;
--;
ALTER FUNCTION es.hindsight(uuid, uuid[], bigint, timestamptz, timestamptz, text[], text[]) OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.hindsight FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.hindsight TO throughline_app, throughline_projector;
--;
-- Some events of one stream, as es.feed gives them: what a reader who knows their versions looks at.
CREATE OR REPLACE FUNCTION es.events_at(tenant uuid, stream uuid, versions int[])
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash
    FROM es.event e JOIN es.stream s ON s.tenant_id = e.tenant_id AND s.stream_id = e.stream_id
   WHERE e.tenant_id = tenant AND s.tenant_id = tenant AND e.stream_id = stream AND e.version = ANY (versions)
   ORDER BY e.version;
END$$;
--;
-- The log of some engagements, with all that belongs to them, up to a position and in its order.
CREATE OR REPLACE FUNCTION es.feed_of(tenant uuid, engagements uuid[], until bigint)
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash
    FROM (SELECT t.stream_id, t.engagement_id FROM es.stream t WHERE t.tenant_id = tenant AND t.engagement_id = ANY (engagements)
          UNION ALL
          SELECT t.stream_id, t.engagement_id FROM es.stream t WHERE t.tenant_id = tenant AND t.stream_id = ANY (engagements)) s
    JOIN es.event e ON e.tenant_id = tenant AND e.stream_id = s.stream_id AND e.position <= until
   ORDER BY e.position;
END$$;
--;
ALTER FUNCTION es.events_at OWNER TO throughline_owner;
--;
ALTER FUNCTION es.feed_of OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.events_at, es.feed_of FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.events_at, es.feed_of TO throughline_app;
