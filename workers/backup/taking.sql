-- stay() --
-- The transaction waits while pg_dump works, for longer than an operator may let others be idle.
SET LOCAL idle_in_transaction_session_timeout = 0

-- export() --
-- A snapshot that other sessions may share while this transaction lasts.
SELECT pg_export_snapshot()

-- held() --
-- What there is at this moment, and by which schema.
SELECT (SELECT count(*) FROM es.tenant_head) AS organizations, (SELECT count(*) FROM es.event) AS events,
       (SELECT max(version) FROM public.migration) AS migration, clock_timestamp() AS taken_at,
       current_setting('server_version_num')::int / 10000 AS major

-- sees_everything() --
SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user
