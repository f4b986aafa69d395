-- Row security for the tables' owner too. Left out on Citus (`migrate --citus`), where a forced table can never be moved to
-- another node; there nobody can log in as the owner.
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'es'::regnamespace AND c.relrowsecurity LOOP
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END$$;
