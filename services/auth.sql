-- find_key(hash) --
SELECT tenant_id, key_id, person_id, role, expires_at, revoked_at FROM directory.find_key($1)

-- add_key(hash, tenant, key, person, role, until) --
SELECT directory.add_key($1, $2, $3, $4, $5, $6)

-- revoke_key(tenant, key) --
SELECT directory.revoke_key($1, $2)

-- revoke_keys(tenant, person) --
SELECT directory.revoke_keys($1, $2)
