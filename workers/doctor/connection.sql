-- server() --
-- What the process connects to and as whom.
SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version, current_user AS role,
       r.rolsuper OR r.rolbypassrls AS sees_everything
  FROM pg_roles r WHERE r.rolname = current_user

-- unsecured() --
-- Tables of organizations' rows that row security does not guard as it should: switched off, or by another rule than ours.
SELECT c.oid::regclass::text AS name
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('es', 'rm'))
   AND NOT (c.relrowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND pg_get_expr(p.polqual, c.oid) LIKE '%current_setting(''app.tenant_id''%'))
 ORDER BY 1
