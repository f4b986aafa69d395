-- Granting and revoking roles has a scope of its own. What an administrator's key could do before, it still can; that of a machine
-- made for people:write never granted a role, and does not from now on either.
UPDATE directory.api_key
   SET scopes = array_append(scopes, 'roles:write')
 WHERE role = 'admin' AND 'people:write' = ANY (scopes) AND NOT 'roles:write' = ANY (scopes);
