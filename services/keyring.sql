-- keys_kept(tenant, kind, person, idle_since, at, before, at_most) --
SELECT key_id, person_id, role, name, scopes, hint, how, created_at, created_by, expires_at, revoked_at, last_used_at, replaces, replaced_by,
       version
  FROM directory.keys_kept($1, $2, $3, $4, $5, $6, $7)

-- key_kept(tenant, kind, key) --
SELECT key_id, person_id, role, name, scopes, hint, how, created_at, created_by, expires_at, revoked_at, last_used_at, replaces, replaced_by,
       version
  FROM directory.key_kept($1, $2, $3)

-- steps_of(tenant, key) --
SELECT what, at, by, name, scopes, expires_at FROM directory.steps_of($1, $2)
