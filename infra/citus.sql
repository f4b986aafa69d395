-- has_extension() --
-- Whether this database has Citus.
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')

-- is_coordinator() --
SELECT citus_is_coordinator()

-- is_distributed() --
-- Whether the log is spread over the nodes already. Only where Citus is.
SELECT EXISTS (SELECT FROM pg_dist_partition d WHERE d.logicalrelid = to_regclass('es.tenant_head'))

-- on_every_node(setting) --
-- What a setting is on each node; null where the server has no such setting.
SELECT n.nodename || ':' || n.nodeport AS node, r.success, nullif(r.result, '') AS value
  FROM run_command_on_all_nodes(format('SELECT current_setting(%L, true)', $1::text)) r
  LEFT JOIN pg_dist_node n ON n.nodeid = r.nodeid

-- free() --
-- A table that forces row security on its owner could not be moved to another node.
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c
            WHERE c.relnamespace IN ('es'::regnamespace, 'rm'::regnamespace) AND c.relkind = 'r' AND c.relforcerowsecurity LOOP
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END$$

-- tables() --
-- The tables that belong to organizations and are not spread yet; the heads first, with which all others stand.
SELECT c.oid::regclass::text AS name
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
 WHERE c.relnamespace IN ('es'::regnamespace, 'rm'::regnamespace)
   AND c.relkind = 'r'
   AND NOT EXISTS (SELECT FROM pg_dist_partition d WHERE d.logicalrelid = c.oid)
 ORDER BY c.oid <> 'es.tenant_head'::regclass, 1

-- has_rows_beside(name) --
-- Whether rows from before are still on the coordinator's disk, where nobody sees them any more.
SELECT pg_relation_size($1::text::regclass) > 0

-- spread(name) --
SELECT create_distributed_table($1::text::regclass, 'tenant_id')

-- spread_beside(name) --
-- An organization's rows of all tables stand on one node.
SELECT create_distributed_table($1::text::regclass, 'tenant_id', colocate_with := 'es.tenant_head')

-- drop_rows_beside(name) --
SELECT truncate_local_data_after_distributing_table($1::text::regclass)

-- is_spread(name) --
SELECT EXISTS (SELECT FROM pg_dist_partition d WHERE d.logicalrelid = to_regclass($1))

-- put_everywhere(name) --
SELECT create_reference_table($1::text::regclass)

-- functions(local) --
-- The functions of one organization that do not run where its rows are yet.
SELECT p.oid::regprocedure::text AS name
  FROM pg_proc p
 WHERE p.pronamespace = 'es'::regnamespace
   AND p.proargnames[1] = 'tenant'
   AND p.proname <> ALL ($1::text[])
   AND NOT EXISTS (SELECT FROM pg_dist_object o WHERE o.classid = 'pg_proc'::regclass AND o.objid = p.oid AND o.force_delegation)
 ORDER BY 1

-- send(name) --
-- The whole call goes to the organization's node, also inside a transaction.
SELECT create_distributed_function($1::text::regprocedure, 'tenant', colocate_with := 'es.tenant_head', force_delegation := true)

-- tell() --
-- From their next session on, the nodes learn by SET LOCAL whose rows it may see, and run our functions inside of a statement that
-- looks at all organizations: each reads one of them, where its rows stand.
DO $$
DECLARE
  r name;
BEGIN
  FOR r IN SELECT rolname FROM pg_roles
            WHERE rolname LIKE 'throughline\_%' AND rolcanlogin
              AND (rolconfig @> ARRAY['citus.propagate_set_commands=local', 'citus.allow_nested_distributed_execution=on']) IS NOT TRUE LOOP
    EXECUTE format('ALTER ROLE %I SET citus.propagate_set_commands = %L', r, 'local');
    EXECUTE format('ALTER ROLE %I SET citus.allow_nested_distributed_execution = %L', r, 'on');
  END LOOP;
END$$

-- propagation() --
-- What the session does with SET LOCAL; null where there is no Citus.
SELECT current_setting('citus.propagate_set_commands', true)
