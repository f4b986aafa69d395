-- note_uses(tenants, keys, moments) --
SELECT directory.note_uses($1, $2, $3)
