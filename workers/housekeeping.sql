-- forget_commands(tenant) --
SELECT es.forget_commands($1)

-- forget_request_counts() --
SELECT directory.forget_request_counts()
