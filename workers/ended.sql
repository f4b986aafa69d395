-- is_ended(tenant_id) --
SELECT EXISTS (SELECT FROM directory.ended WHERE tenant_id = $1) AS is_ended
