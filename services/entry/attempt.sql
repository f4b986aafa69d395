-- attempt(kind, key, free, every, shortest, longest) --
SELECT directory.attempt($1, $2, $3, $4, $5, $6)

-- salt(day, offered) --
SELECT directory.salt_of($1, $2)
