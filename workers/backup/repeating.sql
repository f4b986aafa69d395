-- destroyed() --
-- People whose own keys were destroyed, all of them, though the log does not say that they were erased.
SELECT k.tenant_id, k.subject_id AS person_id
  FROM es.subject_key k
  JOIN es.stream s ON s.tenant_id = k.tenant_id AND s.stream_id = k.subject_id AND s.type = 'person'
 WHERE k.realm_id = k.subject_id
   AND NOT EXISTS (SELECT FROM es.event e
                    WHERE e.tenant_id = k.tenant_id AND e.stream_id = k.subject_id AND e.type = 'person.person_erased')
 GROUP BY k.tenant_id, k.subject_id
HAVING bool_and(k.destroyed_at IS NOT NULL)

-- ended() --
SELECT tenant_id FROM directory.ended
