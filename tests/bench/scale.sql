-- heads(tenants, events) --
INSERT INTO es.tenant_head (tenant_id, position, recorded_at) SELECT gen_random_uuid(), $2, now() FROM generate_series(1, $1)

-- streams(streams) --
INSERT INTO es.stream (tenant_id, stream_id, type)
SELECT h.tenant_id, gen_random_uuid(), 'person' FROM es.tenant_head h CROSS JOIN generate_series(1, $1)

-- events(events, name, schema_v, meta, payload) --
-- As they come in life: each stream of each tenant grows by one event after the other.
INSERT INTO es.event (tenant_id, stream_id, version, position, type, schema_v, occurred_at, recorded_at, meta, payload, meta_hash, payload_hash)
SELECT s.tenant_id, s.stream_id, v, (v - 1) * s.streams + s.place, $2, $3, now(), now(), $4, $5, sha256($4), sha256($5)
  FROM (SELECT tenant_id, stream_id, row_number() OVER t AS place, count(*) OVER (PARTITION BY tenant_id) AS streams
          FROM es.stream WINDOW t AS (PARTITION BY tenant_id ORDER BY stream_id)) s
 CROSS JOIN generate_series(1, $1::int) AS v
 ORDER BY v

-- places() --
SELECT tenant_id, stream_id FROM es.stream

-- settle() --
VACUUM (ANALYZE) es.tenant_head, es.stream, es.event

-- write_out() --
CHECKPOINT
