-- key_of(hash) --
SELECT tenant_id, key_id, person_id, role, kind, scopes, created_at, expires_at, revoked_at, last_used_at, bound, principal
  FROM directory.key_of_v2($1)

-- make_key(hash, tenant, key, person, role, kind, name, scopes, until, by, how, hint, bound) --
SELECT directory.make_key($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- end_key(tenant, kind, key, by) --
SELECT directory.end_key($1, $2, $3, $4)

-- end_keys(tenant, person, kind, but, by) --
SELECT directory.end_keys($1, $2, $3, $4, $5)
