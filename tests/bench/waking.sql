-- heads(tenants) --
INSERT INTO es.tenant_head (tenant_id, position, recorded_at) SELECT gen_random_uuid(), 100, now() FROM generate_series(1, $1)

-- followed(names, versions) --
INSERT INTO es.checkpoint (tenant_id, projection, generation, position)
SELECT h.tenant_id, o.projection, o.generation, h.position FROM es.tenant_head h CROSS JOIN unnest($1::text[], $2::int[]) AS o (projection, generation)

-- analyze() --
ANALYZE es.tenant_head, es.checkpoint
