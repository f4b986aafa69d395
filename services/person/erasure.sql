-- own_realms(tenant_id, person_id) --
-- Engagements in which the person alone is coached, whatever was written there by whomever. A group's own text is the group's.
SELECT s.stream_id AS realm_id
  FROM es.stream s
  JOIN es.event e ON e.tenant_id = $1 AND e.stream_id = s.stream_id AND e.version = 1
 WHERE s.tenant_id = $1 AND s.type = 'engagement'
   AND convert_from(e.payload, 'UTF8')::jsonb ->> 'client_id' = $2::uuid::text
   AND convert_from(e.payload, 'UTF8')::jsonb ->> 'kind' = 'individual'
 ORDER BY s.stream_id

-- coached(tenant_id, person_id) --
-- Every engagement in which the person is or was coached, alone or as one of several, by the log.
SELECT DISTINCT e.stream_id
  FROM es.event e
  JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id AND s.type = 'engagement'
 WHERE e.tenant_id = $1 AND (e.version = 1 OR e.type = 'engagement.member_added')
   AND convert_from(e.payload, 'UTF8')::jsonb ->> 'client_id' = $2::uuid::text
 ORDER BY e.stream_id

-- written_realms(tenant_id, person_id) --
-- Where the person has a key: where there are words of theirs, or about them.
SELECT DISTINCT realm_id FROM es.subject_key WHERE tenant_id = $1 AND subject_id = $2 ORDER BY realm_id

-- keys(tenant_id, person_id, realms) --
-- Every key of the person, and of the realms, with when it was destroyed.
SELECT subject_id, realm_id, key_v, destroyed_at
  FROM es.subject_key
 WHERE tenant_id = $1 AND (subject_id = $2 OR realm_id = ANY ($3::uuid[]))
 ORDER BY realm_id, subject_id, key_v

-- destroy(tenant, person, realms, organization_version, personal) --
SELECT es.erase_person($1, $2, $3, $4, $5)

-- followed(tenant_id, person_id, projections, generations) --
-- Whether each read model has followed to the event that says that the person was erased.
SELECT r.projection,
       coalesce(c.position >= (SELECT max(e.position) FROM es.event e
                                WHERE e.tenant_id = $1 AND e.stream_id = $2 AND e.type = 'person.person_erased'), false) AS purged
  FROM unnest($3::text[], $4::int[]) AS r (projection, generation)
  LEFT JOIN es.checkpoint c ON c.tenant_id = $1 AND c.projection = r.projection AND c.generation = r.generation
 ORDER BY r.projection
