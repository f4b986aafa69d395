-- make() --
-- The least that an event costs: the columns and the two unique indexes of es.event; no order, no row security, no checks.
CREATE TABLE public.bare (
  tenant_id   uuid,
  stream_id   uuid,
  version     int,
  position    bigint GENERATED ALWAYS AS IDENTITY,
  type        text NOT NULL,
  schema_v    smallint NOT NULL,
  occurred_at timestamptz NOT NULL,
  meta        bytea NOT NULL,
  payload     bytea NOT NULL,
  PRIMARY KEY (tenant_id, stream_id, version),
  UNIQUE (tenant_id, position)
)

-- grant() --
GRANT INSERT ON public.bare TO throughline_app

-- insert(tenant_id, stream_id, version, types, schema_vs, occurred, metas, payloads) --
INSERT INTO public.bare (tenant_id, stream_id, version, type, schema_v, occurred_at, meta, payload)
SELECT $1, $2, $3 + n, type, schema_v, occurred_at, meta, payload
  FROM unnest($4::text[], $5::smallint[], $6::timestamptz[], $7::bytea[], $8::bytea[])
  WITH ORDINALITY AS e (type, schema_v, occurred_at, meta, payload, n)
