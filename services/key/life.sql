-- change_key(tenant, key, expected, name, scopes, until, by) --
SELECT directory.change_key($1, $2, $3, $4, $5, $6, $7)

-- replace_key(tenant, key, now, old_until, hash, new_key, until, hint, by) --
SELECT directory.replace_key($1, $2, $3, $4, $5, $6, $7, $8, $9)
