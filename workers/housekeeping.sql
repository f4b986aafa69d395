-- forget_commands(tenant) --
SELECT es.forget_commands($1)

-- forget_keys(before) --
SELECT directory.forget_keys($1)
