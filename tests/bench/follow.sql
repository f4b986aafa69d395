-- restart(tenant_id, projection) --
UPDATE es.checkpoint SET position = 0 WHERE tenant_id = $1 AND projection = $2

-- make() --
CREATE TABLE public.total (
  tenant_id uuid,
  stream_id uuid,
  version   int NOT NULL,
  measured  bigint NOT NULL,
  value     numeric,
  PRIMARY KEY (tenant_id, stream_id)
)

-- empty() --
TRUNCATE public.total

-- aggregate(tenant_id) --
-- As little as a read model can be, and without leaving the database: per plan its version, how often it was measured, and
-- the largest value.
INSERT INTO public.total (tenant_id, stream_id, version, measured, value)
SELECT e.tenant_id, e.stream_id, max(e.version),
       count(*) FILTER (WHERE e.type = 'plan.progress_measured'),
       max((convert_from(e.payload, 'UTF8')::jsonb ->> 'value')::numeric) FILTER (WHERE e.type = 'plan.progress_measured')
  FROM es.event e
 WHERE e.tenant_id = $1 AND e.type LIKE 'plan.%'
 GROUP BY e.tenant_id, e.stream_id
