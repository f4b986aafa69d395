-- positions(tenant_id, until) --
-- Where the log tells of erasures, and of what the law keeps.
SELECT e.position FROM es.event e
 WHERE e.tenant_id = $1 AND e.position <= $2
   AND e.type IN ('person.person_erasure_requested', 'person.person_erased',
                  'organization.legal_hold_placed', 'organization.legal_hold_released')
 ORDER BY e.position

-- living(tenant_id, person_id, realms) --
-- Keys of the person, or of what ended with them, that open something still.
SELECT count(*) FROM es.subject_key
 WHERE tenant_id = $1 AND (subject_id = $2 OR realm_id = ANY ($3::uuid[])) AND destroyed_at IS NULL
