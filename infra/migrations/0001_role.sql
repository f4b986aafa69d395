-- Who there is. Roles belong to the whole server, so another database may have made them already. The owner and the
-- writer cannot log in; the other three get their passwords from whoever runs the installation.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES
    ('throughline_owner', 'NOLOGIN'),       -- owns every table
    ('throughline_writer', 'NOLOGIN'),      -- owns the functions that write, and no table: row security holds inside them
    ('throughline_app', 'LOGIN'),
    ('throughline_projector', 'LOGIN'),
    ('throughline_worker', 'LOGIN')) AS r (name, login)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', wanted.name, wanted.login);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;                               -- made by a migration of another database at this moment
      END;
    END IF;
  END LOOP;
END$$;
--;
-- So that a migration role which is no superuser may hand things over to them.
DO $$
BEGIN
  IF NOT (pg_has_role('throughline_owner', 'USAGE') AND pg_has_role('throughline_writer', 'USAGE')) THEN
    EXECUTE format('GRANT throughline_owner, throughline_writer TO %I', current_user);
  END IF;
END$$;
--;
CREATE SCHEMA IF NOT EXISTS es AUTHORIZATION throughline_owner;
--;
CREATE SCHEMA IF NOT EXISTS directory AUTHORIZATION throughline_owner;
--;
CREATE SCHEMA IF NOT EXISTS rm AUTHORIZATION throughline_owner;
