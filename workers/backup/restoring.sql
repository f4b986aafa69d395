-- occupied() --
-- Whether something of ours is there already.
SELECT to_regclass('public.migration') IS NOT NULL OR to_regnamespace('es') IS NOT NULL

-- forget_projections() --
-- The read models were left behind: they begin at the beginning, as in a new database.
WITH gone AS (DELETE FROM es.projection RETURNING projection)
DELETE FROM es.checkpoint c USING gone WHERE c.projection = gone.projection

-- last() --
-- When the log ends.
SELECT max(recorded_at) FROM es.tenant_head

-- forget_keys() --
-- All of them, in one statement: what comes in their place holds the newer ones too.
TRUNCATE es.tenant_key, es.subject_key, directory.ended, directory.api_key, directory.key_step

-- revived() --
-- Whose keys are there again, although the log says that they were destroyed.
SELECT DISTINCT e.stream_id
  FROM es.event e
 CROSS JOIN LATERAL jsonb_to_recordset(convert_from(e.payload, 'UTF8')::jsonb -> 'keys') AS gone (subject_id uuid, realm_id uuid, key_v int)
  JOIN es.subject_key k ON k.tenant_id = e.tenant_id AND k.subject_id = gone.subject_id AND k.realm_id = gone.realm_id AND k.key_v = gone.key_v
 WHERE e.type = 'person.person_erased' AND e.payload IS NOT NULL AND k.wrapped IS NOT NULL
 ORDER BY e.stream_id

-- unended() --
-- The organizations that were ended after the events were copied.
SELECT o.slug FROM directory.organization o JOIN directory.ended e ON e.tenant_id = o.tenant_id ORDER BY o.slug

-- end_again(slug) --
SELECT keys FROM es.end_tenant($1)

-- keyless() --
-- Organizations whose keys are not there, although nobody ended them.
SELECT h.tenant_id FROM es.tenant_head h
 WHERE NOT EXISTS (SELECT FROM es.tenant_key k WHERE k.tenant_id = h.tenant_id) ORDER BY h.tenant_id
