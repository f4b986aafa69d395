-- Reading the log. Each function sets the tenant for row security itself, so that it is one round trip outside of a
-- transaction, and is sent as a whole to the tenant's node on Citus. STABLE: all its statements see one snapshot.

-- What a command needs, of the streams and of the engagements that they belong to. Rows of five kinds (`what`):
--   h  the tenant's head: at_position, at
--   c  the command row, when the command was executed already: at_position, at, body = result, hash = fingerprint. Then no more.
--   t  a stream: type, engagement_id
--   s  a snapshot of one of the shapes given: version, type = shape, body = state
--   e  an event after that: all columns
-- In small statements: one large UNION ALL crashed a Citus worker.
CREATE OR REPLACE FUNCTION es.load(tenant uuid, streams uuid[], command uuid DEFAULT NULL, shapes text[] DEFAULT '{}')
RETURNS TABLE (what "char", id uuid, version int, at_position bigint, type text, schema_v smallint, at timestamptz,
               meta bytea, body bytea, hash bytea, engagement_id uuid)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  one  uuid;
  past int;
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
  FOREACH one IN ARRAY streams || ARRAY(
    SELECT s.engagement_id FROM es.stream s
     WHERE s.tenant_id = tenant AND s.stream_id = ANY (streams) AND s.engagement_id <> ALL (streams) GROUP BY 1)
  LOOP
    RETURN QUERY SELECT 't'::"char", s.stream_id, 0, NULL::bigint, s.type, NULL::smallint, NULL::timestamptz, NULL::bytea, NULL::bytea,
                        NULL::bytea, s.engagement_id
      FROM es.stream s WHERE s.tenant_id = tenant AND s.stream_id = one;
    past := 0;
    SELECT n.version INTO past FROM es.snapshot n WHERE n.tenant_id = tenant AND n.stream_id = one AND n.shape = ANY (shapes);
    RETURN QUERY SELECT 's'::"char", n.stream_id, n.version, NULL::bigint, n.shape, NULL::smallint, NULL::timestamptz, NULL::bytea, n.state,
                        NULL::bytea, NULL::uuid
      FROM es.snapshot n WHERE n.tenant_id = tenant AND n.stream_id = one AND n.version = past;
    RETURN QUERY SELECT 'e'::"char", e.stream_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.meta, e.payload,
                        e.payload_hash, NULL::uuid
      FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = one AND e.version > coalesce(past, 0) ORDER BY e.version;
  END LOOP;
END$$;
--;
-- The streams as they stood at a position: rows t and e of es.load, without snapshots, which know only today.
CREATE OR REPLACE FUNCTION es.as_of(tenant uuid, streams uuid[], until bigint)
RETURNS TABLE (what "char", id uuid, version int, at_position bigint, type text, schema_v smallint, at timestamptz,
               meta bytea, body bytea, hash bytea, engagement_id uuid)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  one uuid;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  FOREACH one IN ARRAY streams LOOP
    RETURN QUERY SELECT 't'::"char", s.stream_id, 0, NULL::bigint, s.type, NULL::smallint, NULL::timestamptz, NULL::bytea, NULL::bytea,
                        NULL::bytea, s.engagement_id
      FROM es.stream s WHERE s.tenant_id = tenant AND s.stream_id = one;
    RETURN QUERY SELECT 'e'::"char", e.stream_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.meta, e.payload,
                        e.payload_hash, NULL::uuid
      FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = one AND e.position <= until ORDER BY e.version;
  END LOOP;
END$$;
--;
-- The last position that was recorded at that time: a binary search, for record times never decrease with position.
CREATE OR REPLACE FUNCTION es.position_at(tenant uuid, at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
  low    bigint := 0;
  high   bigint;
  middle bigint;
  before boolean;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  SELECT h.position INTO high FROM es.tenant_head h WHERE h.tenant_id = tenant;
  high := coalesce(high, 0);
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    SELECT e.recorded_at <= at INTO STRICT before FROM es.event e WHERE e.tenant_id = tenant AND e.position = middle;
    IF before THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  RETURN low;
END$$;
--;
-- A tenant's log after a position, in order, without holes: what a projection or a follower reads.
CREATE OR REPLACE FUNCTION es.feed(tenant uuid, after bigint, up_to int)
RETURNS TABLE (stream_id uuid, engagement_id uuid, version int, "position" bigint, type text, schema_v smallint, occurred_at timestamptz,
               recorded_at timestamptz, meta bytea, payload bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at,
                      e.meta, e.payload, e.payload_hash
    FROM es.event e JOIN es.stream s ON s.tenant_id = e.tenant_id AND s.stream_id = e.stream_id
   WHERE e.tenant_id = tenant AND s.tenant_id = tenant AND e.position > after AND e.position <= after + up_to
   ORDER BY e.position;
END$$;
--;
-- The streams of one type that belong to an engagement, oldest first (their ids carry the time).
CREATE OR REPLACE FUNCTION es.streams_of(tenant uuid, engagement uuid, kind text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT s.stream_id FROM es.stream s
    WHERE s.tenant_id = tenant AND s.engagement_id = engagement AND s.type = kind ORDER BY s.stream_id;
END$$;
--;
-- Which of these keys are claimed.
CREATE OR REPLACE FUNCTION es.claimed(tenant uuid, claim_kind text, keys bytea[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT c.key FROM es.claim c WHERE c.tenant_id = tenant AND c.kind = claim_kind AND c.key = ANY (keys);
END$$;
--;
-- Keeps a snapshot, unless a newer one of the same shape is there. Under the tenant's lock and only while the stream has
-- its payloads, so that what was written late cannot bring an erased stream back.
CREATE OR REPLACE FUNCTION es.keep_snapshot(tenant uuid, stream uuid, form text, at_version int, folded bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF EXISTS (SELECT FROM es.event e
              WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.version = at_version AND e.payload IS NOT NULL) THEN
    INSERT INTO es.snapshot AS s (tenant_id, stream_id, shape, version, state) VALUES (tenant, stream, form, at_version, folded)
    ON CONFLICT (tenant_id, stream_id) DO UPDATE SET shape = excluded.shape, version = excluded.version, state = excluded.state
     WHERE s.shape <> excluded.shape OR s.version < excluded.version;
  END IF;
END$$;
