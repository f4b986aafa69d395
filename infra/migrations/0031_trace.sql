-- What a comparison of two moments looks through: a stream's events of some types, without who acted and what proves them.
CREATE OR REPLACE FUNCTION es.traces(tenant uuid, stream uuid, after bigint, until bigint, kinds text[])
RETURNS TABLE (version int, "position" bigint, type text, occurred_at timestamptz, payload bytea)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.version, e.position, e.type, e.occurred_at, e.payload
    FROM es.event e
   WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.position > after AND e.position <= until AND e.type = ANY (kinds)
   ORDER BY e.version;
END$$;
--;
ALTER FUNCTION es.traces OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.traces FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.traces TO throughline_app;
--;
-- Up to where a person has read a stream: a bookmark of their own, and no event. It says nothing about the stream, whoever reads
-- must not move its log, and how often somebody looks is not to be kept for ever. Losing it costs one longer list.
CREATE TABLE IF NOT EXISTS es.look (
  tenant_id uuid,
  person_id uuid,
  stream_id uuid,
  position  bigint      NOT NULL CHECK (position > 0),
  looked_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, person_id, stream_id)
);
--;
ALTER TABLE es.look OWNER TO throughline_owner;
--;
ALTER TABLE es.look ENABLE ROW LEVEL SECURITY;
--;
DROP POLICY IF EXISTS tenant ON es.look;
--;
CREATE POLICY tenant ON es.look USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
                          WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
--;
GRANT SELECT, INSERT, UPDATE ON es.look TO throughline_app;
--;
-- Where the person stopped reading the stream, null for one who never looked.
CREATE OR REPLACE FUNCTION es.last_look(tenant uuid, person uuid, stream uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN (SELECT l.position FROM es.look l WHERE l.tenant_id = tenant AND l.person_id = person AND l.stream_id = stream);
END$$;
--;
-- Notes that the person has read up to a position; one who has read further stays there. Returns where they are.
CREATE OR REPLACE FUNCTION es.keep_look(tenant uuid, person uuid, stream uuid, up_to bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  reached bigint;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  INSERT INTO es.look AS l (tenant_id, person_id, stream_id, position, looked_at) VALUES (tenant, person, stream, up_to, clock_timestamp())
  ON CONFLICT (tenant_id, person_id, stream_id)
    DO UPDATE SET position = greatest(l.position, excluded.position), looked_at = excluded.looked_at
  RETURNING l.position INTO reached;
  RETURN reached;
END$$;
--;
ALTER FUNCTION es.last_look OWNER TO throughline_owner;
--;
ALTER FUNCTION es.keep_look OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.last_look, es.keep_look FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.last_look, es.keep_look TO throughline_app;
