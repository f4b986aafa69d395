-- keys(tenant_id) --
SELECT key_id, person_id, role FROM directory.keys_of($1)
