-- For the bridge to the `eventsourcing` library. Its events stand in es.event, in the tenant's one order; beside them stand
-- the library's numbering of a stream, its snapshots and its tracking. The product uses none of this.

-- Who writes through it: a role of its own, so that the application's role cannot go round es.append.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'throughline_bridge') THEN
    CREATE ROLE throughline_bridge LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;                                                     -- made by a migration of another database at this moment
END$$;
--;
-- The library's number of the event that is version 1 here.
CREATE TABLE IF NOT EXISTS es.bridge_stream (
  tenant_id uuid,
  stream_id uuid,
  first     int NOT NULL CHECK (first IN (0, 1)),
  PRIMARY KEY (tenant_id, stream_id)
);
--;
-- States that the library keeps, several a stream.
CREATE TABLE IF NOT EXISTS es.bridge_snapshot (
  tenant_id uuid,
  stream_id uuid,
  number    int,                                            -- the library's number of the last event in it
  type      text COLLATE "C" NOT NULL,
  state     bytea NOT NULL,
  PRIMARY KEY (tenant_id, stream_id, number)
);
--;
-- How far an application of the library has followed another one.
CREATE TABLE IF NOT EXISTS es.bridge_tracking (
  tenant_id uuid,
  follower  text COLLATE "C",
  followed  text COLLATE "C",
  position  bigint NOT NULL,
  PRIMARY KEY (tenant_id, follower, followed)
);
--;
-- Appends what the library has numbered, with tracking (of null: none): all checks before all writes, under the tenant's lock
-- that es.append takes too. Answers
--   ok        written; last_position is that of the last event, null without events
--   conflict  a number is taken or leaves a hole, or a stream is not the bridge's
--   tracked   the follower has recorded that position, or a later one, already
-- The tenant needs no organization: the head row is made here. Array statements, for its callers append many events at once.
-- enable_sort = off: as in es.append. jit = off: up to PostgreSQL 17 a sort that is off costs so much that each call, which
-- cannot do without one, was compiled for half a second.
CREATE OR REPLACE FUNCTION es.bridge_append(
  tenant uuid, streams uuid[], numbers int[], types text[], payloads bytea[], meta bytea,
  tracker text, tracks text, reached bigint,
  OUT status text, OUT last_position bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_sort = off SET jit = off AS $$
DECLARE
  n        int := coalesce(cardinality(streams), 0);
  now_at   timestamptz;
  recorded timestamptz;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));

  IF EXISTS (SELECT FROM es.bridge_tracking t
              WHERE t.tenant_id = tenant AND t.follower = tracker AND t.followed = tracks AND t.position >= reached) THEN
    status := 'tracked'; RETURN;
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT stream, number, first_value(number) OVER own AS lowest, row_number() OVER own - 1 AS nth
                   FROM unnest(streams, numbers) WITH ORDINALITY g (stream, number, i) WINDOW own AS (PARTITION BY stream ORDER BY i)) g
      LEFT JOIN es.bridge_stream b ON b.tenant_id = tenant AND b.stream_id = g.stream
      LEFT JOIN LATERAL (SELECT e.version FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = g.stream
                          ORDER BY e.version DESC LIMIT 1) e ON true
     WHERE g.number IS DISTINCT FROM g.nth + CASE WHEN e.version IS NULL THEN greatest(0, least(g.lowest, 1)) ELSE b.first + e.version END
  ) THEN
    status := 'conflict'; RETURN;
  END IF;

  IF n > 0 THEN
    now_at := clock_timestamp();
    UPDATE es.tenant_head h SET position = h.position + n, recorded_at = greatest(h.recorded_at, now_at)
     WHERE h.tenant_id = tenant RETURNING h.position, h.recorded_at INTO last_position, recorded;
    IF NOT FOUND THEN
      INSERT INTO es.tenant_head (tenant_id, position, recorded_at) VALUES (tenant, n, now_at);
      last_position := n; recorded := now_at;
    END IF;
    INSERT INTO es.bridge_stream (tenant_id, stream_id, first)
    SELECT tenant, g.stream, min(g.number) FROM unnest(streams, numbers) g (stream, number) GROUP BY g.stream
    HAVING min(g.number) <= 1                               -- else it has begun before
    ON CONFLICT DO NOTHING;
    INSERT INTO es.stream (tenant_id, stream_id, type)
    SELECT DISTINCT ON (g.stream) tenant, g.stream, split_part(g.type, '.', 1)
      FROM unnest(streams, types) WITH ORDINALITY g (stream, type, i) ORDER BY g.stream, g.i
    ON CONFLICT DO NOTHING;
    INSERT INTO es.event (tenant_id, stream_id, version, position, type, schema_v, occurred_at, recorded_at,
                          meta, payload, meta_hash, payload_hash)
    SELECT tenant, g.stream, g.number - b.first + 1, last_position - n + g.i, g.type, 1, recorded, recorded,
           bridge_append.meta, g.payload, sha256(bridge_append.meta), sha256(g.payload)
      FROM unnest(streams, numbers, types, payloads) WITH ORDINALITY g (stream, number, type, payload, i)
      JOIN es.bridge_stream b ON b.tenant_id = tenant AND b.stream_id = g.stream;
  END IF;
  IF reached IS NOT NULL THEN
    INSERT INTO es.bridge_tracking (tenant_id, follower, followed, position) VALUES (tenant, tracker, tracks, reached)
    ON CONFLICT (tenant_id, follower, followed) DO UPDATE SET position = excluded.position;
  END IF;
  status := 'ok';
END$$;
--;
-- A stream's events with above < version <= up_to, in the library's numbering; the columns are those of es.load. A stream of
-- the product has its own versions.
CREATE OR REPLACE FUNCTION es.bridge_events(tenant uuid, stream uuid, above bigint, up_to bigint, backwards boolean, most bigint)
RETURNS TABLE (version int, type text, schema_v smallint, at timestamptz, meta bytea, body bytea, hash bytea)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  shift int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  SELECT b.first - 1 INTO shift FROM es.bridge_stream b WHERE b.tenant_id = tenant AND b.stream_id = stream;
  shift := coalesce(shift, 0);
  IF backwards THEN
    RETURN QUERY SELECT e.version + shift, e.type, e.schema_v, e.occurred_at, e.meta, e.payload, e.payload_hash FROM es.event e
      WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.version + shift > above AND e.version + shift <= up_to
      ORDER BY e.version DESC LIMIT most;
  ELSE
    RETURN QUERY SELECT e.version + shift, e.type, e.schema_v, e.occurred_at, e.meta, e.payload, e.payload_hash FROM es.event e
      WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.version > above - shift AND e.version <= up_to - shift
      ORDER BY e.version LIMIT most;
  END IF;
END$$;
--;
-- The tenant's events with above < position <= up_to, of these types only when any are named.
CREATE OR REPLACE FUNCTION es.bridge_notifications(tenant uuid, above bigint, up_to bigint, only_types text[], most bigint)
RETURNS TABLE ("position" bigint, stream_id uuid, version int, type text, body bytea)
LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.position, e.stream_id, e.version + coalesce(b.first, 1) - 1, e.type, e.payload
    FROM es.event e LEFT JOIN es.bridge_stream b ON b.tenant_id = tenant AND b.stream_id = e.stream_id
   WHERE e.tenant_id = tenant AND e.position > above AND e.position <= up_to
     AND (cardinality(only_types) = 0 OR e.type = ANY (only_types))
   ORDER BY e.position LIMIT most;
END$$;
--;
-- Where the tenant's log ends; null when there is none.
CREATE OR REPLACE FUNCTION es.bridge_head(tenant uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN (SELECT h.position FROM es.tenant_head h WHERE h.tenant_id = tenant);
END$$;
--;
-- How far a follower has come; null when it has recorded nothing.
CREATE OR REPLACE FUNCTION es.bridge_reached(tenant uuid, tracker text, tracks text) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN (SELECT t.position FROM es.bridge_tracking t WHERE t.tenant_id = tenant AND t.follower = tracker AND t.followed = tracks);
END$$;
--;
-- Keeps snapshots; a second one of the same number is a unique violation.
CREATE OR REPLACE FUNCTION es.bridge_keep(tenant uuid, streams uuid[], numbers int[], types text[], states bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  INSERT INTO es.bridge_snapshot (tenant_id, stream_id, number, type, state)
  SELECT tenant, g.stream, g.number, g.type, g.state FROM unnest(streams, numbers, types, states) g (stream, number, type, state);
END$$;
--;
-- A stream's snapshots, selected as es.bridge_events selects events.
CREATE OR REPLACE FUNCTION es.bridge_snapshots(tenant uuid, stream uuid, above bigint, up_to bigint, backwards boolean, most bigint)
RETURNS TABLE (version int, type text, body bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT n.number, n.type, n.state FROM es.bridge_snapshot n
    WHERE n.tenant_id = tenant AND n.stream_id = stream AND n.number > above AND n.number <= up_to
    ORDER BY CASE WHEN backwards THEN -n.number ELSE n.number END LIMIT most;
END$$;
--;
-- Ownership and row security, as for the other tables of the log.
DO $$
DECLARE
  t   regclass;
  own text := $p$(tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)$p$;
BEGIN
  FOREACH t IN ARRAY ARRAY['es.bridge_stream', 'es.bridge_snapshot', 'es.bridge_tracking']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO throughline_owner', t);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    IF NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t AND p.polname = 'tenant') THEN
      EXECUTE format('CREATE POLICY tenant ON %s USING %s WITH CHECK %s', t, own, own);
    END IF;
  END LOOP;
END$$;
--;
GRANT CREATE ON SCHEMA es TO throughline_writer;
--;
DO $$
DECLARE
  f       regprocedure;
  definer boolean;
BEGIN
  FOR f, definer IN SELECT p.oid, p.prosecdef FROM pg_proc p WHERE p.pronamespace = 'es'::regnamespace AND starts_with(p.proname, 'bridge_') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', f, CASE WHEN definer THEN 'throughline_writer' ELSE 'throughline_owner' END);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO throughline_bridge', f);
  END LOOP;
END$$;
--;
REVOKE CREATE ON SCHEMA es FROM throughline_writer;
--;
GRANT SELECT, INSERT ON es.bridge_stream, es.bridge_tracking TO throughline_writer;
--;
GRANT UPDATE (position) ON es.bridge_tracking TO throughline_writer;
--;
GRANT USAGE ON SCHEMA es TO throughline_bridge;
--;
GRANT SELECT ON es.event, es.tenant_head, es.bridge_stream, es.bridge_snapshot, es.bridge_tracking TO throughline_bridge;
--;
GRANT INSERT ON es.bridge_snapshot TO throughline_bridge;
--;
-- The application replays its own streams by the library: it reads through the bridge, and cannot write.
GRANT SELECT ON es.bridge_stream TO throughline_app;
--;
GRANT EXECUTE ON FUNCTION es.bridge_events TO throughline_app;
