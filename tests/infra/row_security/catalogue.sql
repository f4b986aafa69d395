-- open_relation(known, roles) --
-- Whatever a role may touch, or stands in our schemas, must be a table under forced row security, or a view that asks with its reader's rights.
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind NOT IN ('i', 'I', 't', 'c') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_temp'
   AND format('%I.%I', n.nspname, c.relname) <> ALL ($1::text[])
   AND (n.nspname IN ('es', 'rm', 'directory', 'jobs')
        OR EXISTS (SELECT FROM unnest($2::text[]) AS r (role)
                    WHERE has_any_column_privilege(r.role, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(r.role, c.oid, 'DELETE, TRUNCATE')))
   AND NOT CASE
         WHEN c.relkind IN ('r', 'p') THEN c.relrowsecurity AND c.relforcerowsecurity
         WHEN c.relkind = 'v'
         THEN EXISTS (SELECT FROM pg_options_to_table(c.reloptions) WHERE option_name = 'security_invoker' AND option_value::boolean)
         ELSE false
       END

-- unguarded(known) --
-- Row security without the one policy shows nothing at all; a second policy is judged by `loose_policy`.
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('es', 'rm', 'directory', 'jobs') AND format('%I.%I', n.nspname, c.relname) <> ALL ($1::text[])
   AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)

-- loose_policy(scanned) --
-- Another form than the exact one, which compares the tenant for reading and for writing. It may speak to everybody, for it shows
-- nobody more than the setting's tenant; the one that shows all speaks to two roles, on two tables, for reading.
SELECT format('%I.%I: %I', p.schemaname, p.tablename, p.policyname) AS name
  FROM pg_policies p
 WHERE (p.permissive, p.cmd, p.roles, p.qual, p.with_check)
       IS DISTINCT FROM ('PERMISSIVE', 'ALL', '{public}'::name[],
                         '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)',
                         '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)')
   AND NOT (format('%I.%I', p.schemaname, p.tablename) = ANY ($1::text[]) AND p.cmd = 'SELECT' AND p.qual = 'true'
            AND p.roles <@ '{throughline_projector,throughline_worker}'::name[])

-- tenantless(known) --
-- A tenant that may be null belongs to nobody.
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('es', 'rm', 'directory', 'jobs') AND format('%I.%I', n.nspname, c.relname) <> ALL ($1::text[])
   AND NOT EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull AND a.atttypid = 'uuid'::regtype AND a.attidentity = ''
                      AND NOT a.atthasdef)

-- foreign_first(known) --
-- An index whose first column is another one: as a unique one, its refusal tells of another tenant's row.
SELECT format('%I.%I', n.nspname, i.relname) AS name
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('es', 'rm', 'directory', 'jobs') AND format('%I.%I', n.nspname, c.relname) <> ALL ($1::text[])
   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = x.indkey[0] AND a.attname = 'tenant_id')

-- crossing_reference() --
-- A foreign key that does not begin with the tenant on both sides answers whether another tenant's row is there.
SELECT format('%s: %I', k.conrelid::regclass, k.conname) AS name
  FROM pg_constraint k
 WHERE k.contype = 'f'
   AND NOT (EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.attname = 'tenant_id')
            AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = k.confkey[1] AND a.attname = 'tenant_id'))

-- hidden_action() --
-- What acts or copies unseen: triggers, rules, event triggers, publications.
SELECT format('%s: %I', t.tgrelid::regclass, t.tgname) AS name FROM pg_trigger t WHERE NOT t.tgisinternal
 UNION ALL
SELECT format('%s: %I', r.ev_class::regclass, r.rulename) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
 WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND r.rulename <> '_RETURN'
 UNION ALL
SELECT evtname::text FROM pg_event_trigger
 UNION ALL
SELECT pubname::text FROM pg_publication

-- other_owner() --
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('es', 'rm', 'directory', 'jobs') AND c.relowner <> 'throughline_owner'::regrole
 UNION ALL
SELECT format('%I.%I', n.nspname, p.proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname IN ('es', 'rm', 'directory', 'jobs')
   AND p.proowner <> (CASE WHEN p.prosecdef THEN 'throughline_writer' ELSE 'throughline_owner' END)::regrole
 UNION ALL
SELECT n.nspname FROM pg_namespace n WHERE n.nspname IN ('es', 'rm', 'directory', 'jobs') AND n.nspowner <> 'throughline_owner'::regrole
 UNION ALL
SELECT format('%I.%I', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relowner IN (SELECT oid FROM pg_roles WHERE rolname LIKE 'throughline\_%' AND rolname <> 'throughline_owner')

-- strange_definer(definers) --
-- Runs with other rights than its caller's without being listed, or finds its names along a path that the caller sets.
SELECT format('%I.%I', n.nspname, p.proname) AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND NOT (format('%I.%I', n.nspname, p.proname) = ANY ($1::text[]) AND 'search_path=pg_catalog, pg_temp' = ANY (coalesce(p.proconfig, '{}')))

-- missing_definer(definers) --
-- Listed, and not there or with its caller's rights: the list has to follow.
SELECT d.name FROM unnest($1::text[]) AS d (name)
 WHERE NOT EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE p.prosecdef AND format('%I.%I', n.nspname, p.proname) = d.name)

-- leaking_function() --
-- LEAKPROOF lets a function see rows before the policy does; a language that is not trusted lets it read files.
SELECT format('%I.%I', n.nspname, p.proname) AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND (p.proleakproof OR l.lanname NOT IN ('sql', 'plpgsql'))
   AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.objid = p.oid AND d.deptype = 'e' AND e.extname = 'btree_gist')

-- right() --
-- Every right that somebody other than the owner has on a relation, a column or a function.
SELECT coalesce(r.rolname, 'PUBLIC') AS role, o.name, o.right
  FROM (
    SELECT c.relowner AS owner, format('%I.%I', n.nspname, c.relname) AS name, acl.grantee, acl.privilege_type AS right, n.nspname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS acl
     UNION ALL
    SELECT c.relowner, format('%I.%I', n.nspname, c.relname), acl.grantee, acl.privilege_type || ' of ' || a.attname, n.nspname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) AS acl
     UNION ALL
    SELECT p.proowner, format('%I.%I', n.nspname, p.proname), acl.grantee, acl.privilege_type, n.nspname
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS acl
  ) AS o
  LEFT JOIN pg_roles r ON r.oid = o.grantee
 WHERE o.grantee <> o.owner AND o.nspname NOT IN ('pg_catalog', 'information_schema') AND o.nspname !~ '^pg_t'

-- default_right() --
-- Rights on what will be made.
SELECT d.defaclrole::regrole::text AS owner, CASE d.defaclnamespace WHEN 0 THEN 'every schema' ELSE d.defaclnamespace::regnamespace::text END AS schema,
       coalesce(r.rolname, 'PUBLIC') AS role, acl.privilege_type AS right
  FROM pg_default_acl d CROSS JOIN aclexplode(d.defaclacl) AS acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
 WHERE acl.grantee <> d.defaclrole

-- read_models() --
SELECT 'rm.' || relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'rm'::regnamespace ORDER BY 1

-- maker() --
-- Who could make something of their own in the database; every one of our roles but the owner, and that one in our schemas only.
SELECT format('%s in %s', r.rolname, n.nspname) AS name
  FROM pg_roles r CROSS JOIN pg_namespace n
 WHERE r.rolname LIKE 'throughline\_%' AND has_schema_privilege(r.oid, n.oid, 'CREATE') AND n.nspname !~ '^pg_t'
   AND NOT (r.rolname = 'throughline_owner' AND n.nspname IN ('es', 'rm', 'directory', 'jobs'))
 UNION ALL
SELECT format('%s in the database', rolname) FROM pg_roles
 WHERE rolname LIKE 'throughline\_%' AND has_database_privilege(oid, current_database(), 'CREATE')
 UNION ALL
SELECT format('everybody in %s', n.nspname)
  FROM pg_namespace n CROSS JOIN aclexplode(n.nspacl) AS acl WHERE acl.grantee = 0 AND n.nspname IN ('es', 'rm', 'directory', 'jobs')

-- mighty_role() --
-- Stands above row security, or could put itself there.
SELECT r.rolname::text AS name FROM pg_roles r
 WHERE r.rolname LIKE 'throughline\_%'
   AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
        OR r.rolcanlogin = (r.rolname IN ('throughline_owner', 'throughline_writer')))
 UNION ALL
SELECT format('%s in %s', member::regrole, roleid::regrole) FROM pg_auth_members WHERE member::regrole::text LIKE 'throughline\_%'
 UNION ALL
SELECT format('%s in %s', member::regrole, roleid::regrole) FROM pg_auth_members
 WHERE roleid::regrole::text IN ('throughline_app', 'throughline_projector', 'throughline_worker', 'throughline_bridge')
   AND NOT (SELECT rolcreaterole FROM pg_roles WHERE oid = member)

-- preset() --
-- A setting that a session would begin with: a tenant, another search path, row security off.
SELECT format('%s of %s', setting, coalesce(nullif(s.setrole, 0)::regrole::text, 'everybody')) AS name
  FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c (setting)
 WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
   AND split_part(setting, '=', 1) IN ('app.tenant_id', 'row_security', 'search_path', 'role', 'session_preload_libraries')
 UNION ALL
SELECT 'app.tenant_id of the server' WHERE current_setting('app.tenant_id', true) <> ''
