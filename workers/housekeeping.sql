-- forget_commands(tenant) --
SELECT es.forget_commands($1)
