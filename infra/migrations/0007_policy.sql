-- Ownership and row security. The policy has no subselect: it could not be made on a distributed table. After a
-- transaction that set it, the setting is '' and not null, hence nullif.
DO $$
DECLARE
  t   regclass;
  own text := $p$(tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)$p$;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace IN ('es'::regnamespace, 'directory'::regnamespace) LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO throughline_owner', t);
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t AND a.attname = 'tenant_id')
       AND (SELECT relnamespace FROM pg_class WHERE oid = t) = 'es'::regnamespace THEN
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
      IF NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t AND p.polname = 'tenant') THEN
        EXECUTE format('CREATE POLICY tenant ON %s USING %s WITH CHECK %s', t, own, own);
      END IF;
    END IF;
  END LOOP;
END$$;
--;
-- Who looks for work has to see whose log is ahead of whose checkpoint: ids and positions of all tenants, nothing else.
DROP POLICY IF EXISTS scan ON es.tenant_head;
--;
CREATE POLICY scan ON es.tenant_head FOR SELECT TO throughline_worker, throughline_projector USING (true);
--;
DROP POLICY IF EXISTS scan ON es.checkpoint;
--;
CREATE POLICY scan ON es.checkpoint FOR SELECT TO throughline_worker, throughline_projector USING (true);
--;
-- Functions that write belong to the writer, for row security binds it, as an owner of tables it might not; the others to the
-- owner. To be given a function, the writer needs the right to create in the schema for a moment.
GRANT CREATE ON SCHEMA es, directory TO throughline_writer;
--;
DO $$
DECLARE
  f       regprocedure;
  definer boolean;
BEGIN
  FOR f, definer IN SELECT p.oid, p.prosecdef FROM pg_proc p WHERE p.pronamespace IN ('es'::regnamespace, 'directory'::regnamespace) LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', f, CASE WHEN definer THEN 'throughline_writer' ELSE 'throughline_owner' END);
  END LOOP;
END$$;
--;
REVOKE CREATE ON SCHEMA es, directory FROM throughline_writer;
