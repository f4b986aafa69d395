-- completed(tenant_id, stream_id) --
-- Where in the organization's log it stands that the session took place.
SELECT e.position FROM es.event e WHERE e.tenant_id = $1 AND e.stream_id = $2 AND e.type = 'session.session_completed'
