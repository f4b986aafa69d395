-- Row security for the owner of the bridge's tables too; left out on Citus, like 0009.
DO $$
DECLARE
  t regclass;
BEGIN
  FOREACH t IN ARRAY ARRAY['es.bridge_stream', 'es.bridge_snapshot', 'es.bridge_tracking']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END$$;
