-- server() --
-- What the process connects to and as whom.
SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version, current_user AS role,
       r.rolsuper OR r.rolbypassrls AS sees_everything
  FROM pg_roles r WHERE r.rolname = current_user

-- owned(roles) --
-- Whether the role may become the owner of the tables, and whether it is one of those that a process connects as.
SELECT pg_has_role('throughline_owner', 'MEMBER') OR pg_has_role('throughline_writer', 'MEMBER') AS owns,
       EXISTS (SELECT FROM unnest($1::text[]) AS r (name) WHERE pg_has_role(r.name, 'USAGE')) AS fits

-- unsecured() --
-- Tables of organizations' rows that row security does not guard as it should: switched off, or by another rule than ours. Those
-- who serve every organization have one that lets them see whom there is.
SELECT c.oid::regclass::text AS name
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('es', 'rm'))
   AND NOT (c.relrowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND pg_get_expr(p.polqual, c.oid) LIKE '%current_setting(''app.tenant_id''%')
            AND NOT EXISTS (SELECT FROM pg_policy p
                             WHERE p.polrelid = c.oid AND p.polpermissive AND pg_get_expr(p.polqual, c.oid) NOT LIKE '%current_setting(''app.tenant_id''%'
                               AND NOT p.polroles <@ ARRAY['throughline_projector'::regrole::oid, 'throughline_worker'::regrole::oid]))
 ORDER BY 1

-- unforced() --
-- Those that it guards from all but their owner.
SELECT c.oid::regclass::text AS name
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('es', 'rm'))
   AND NOT c.relforcerowsecurity
 ORDER BY 1

-- exposed() --
-- What a role may do to a table past the functions that it is given: anything at all to what row security cannot guard, since it is
-- about all organizations; and emptying any table, which row security does not keep from. The worker alone has the jobs.
SELECT c.oid::regclass::text AS name, r.role
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname IN ('directory', 'jobs', 'es', 'rm')
 CROSS JOIN (VALUES ('public'), ('throughline_app'), ('throughline_projector'), ('throughline_worker'), ('throughline_bridge')) AS r (role)
 WHERE c.relkind IN ('r', 'p', 'v', 'm')
   AND (has_table_privilege(r.role, c.oid, 'TRUNCATE')
        OR (n.nspname = 'directory' OR n.nspname = 'jobs' AND r.role <> 'throughline_worker' OR r.role = 'public')
           AND (has_any_column_privilege(r.role, c.oid, 'INSERT, UPDATE') OR has_table_privilege(r.role, c.oid, 'SELECT, DELETE')))
 ORDER BY 1, 2
