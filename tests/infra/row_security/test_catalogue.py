"""The sweep finds nothing, and would find it: each offence that it looks for is committed, and has to be named."""

from __future__ import annotations

import asyncpg
import pytest

from tests.infra.row_security.catalogue import LISTS, SQL, faults

OWN = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
SAFE = f"""
    ALTER TABLE es.planted OWNER TO throughline_owner; ALTER TABLE es.planted ENABLE ROW LEVEL SECURITY;
    ALTER TABLE es.planted FORCE ROW LEVEL SECURITY; CREATE POLICY tenant ON es.planted USING ({OWN}) WITH CHECK ({OWN});"""
TABLE = f"CREATE TABLE es.planted (tenant_id uuid, key uuid, PRIMARY KEY (tenant_id, key)); {SAFE}"
FUNCTION = "CREATE FUNCTION es.planted(tenant uuid) RETURNS bigint LANGUAGE sql"
BODY = "AS 'SELECT count(*) FROM es.event WHERE tenant_id = tenant'"
PLANTED = {
    "open_relation: es.planted": [
        "CREATE TABLE es.planted (tenant_id uuid PRIMARY KEY)",
        "CREATE VIEW es.planted AS SELECT * FROM es.event",
        "CREATE VIEW es.planted WITH (security_invoker = false) AS SELECT * FROM es.event",
        "CREATE MATERIALIZED VIEW es.planted AS SELECT * FROM es.event",
        "CREATE SEQUENCE es.planted",
        f"{TABLE} ALTER TABLE es.planted NO FORCE ROW LEVEL SECURITY",
        f"{TABLE} ALTER TABLE es.planted DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE es.whole (tenant_id uuid) PARTITION BY HASH (tenant_id);"
        "CREATE TABLE es.planted PARTITION OF es.whole FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
        "CREATE FOREIGN DATA WRAPPER far; CREATE SERVER far FOREIGN DATA WRAPPER far; CREATE FOREIGN TABLE es.planted (tenant_id uuid) SERVER far",
    ],
    "open_relation: public.planted": [
        "CREATE TABLE public.planted (x int); GRANT SELECT ON public.planted TO throughline_app",
        "CREATE TABLE public.planted (x int); GRANT SELECT (x) ON public.planted TO throughline_bridge",
        "CREATE TABLE public.planted (x int); GRANT TRUNCATE ON public.planted TO throughline_worker",
        "CREATE VIEW public.planted AS SELECT * FROM es.event; GRANT SELECT ON public.planted TO PUBLIC",
    ],
    "open_relation: elsewhere.planted": [
        "CREATE SCHEMA elsewhere; CREATE MATERIALIZED VIEW elsewhere.planted AS SELECT * FROM es.event;"
        "GRANT SELECT ON elsewhere.planted TO throughline_projector",
    ],
    "unguarded: es.planted": ["CREATE TABLE es.planted (tenant_id uuid); ALTER TABLE es.planted ENABLE ROW LEVEL SECURITY"],
    "loose_policy: es.event: planted": [
        "CREATE POLICY planted ON es.event USING (true)",
        f"CREATE POLICY planted ON es.event USING ({OWN})",
        f"CREATE POLICY planted ON es.event FOR SELECT USING ({OWN})",
        f"CREATE POLICY planted ON es.event USING ({OWN}) WITH CHECK (true)",
        "CREATE POLICY planted ON es.event USING (tenant_id = current_setting('app.tenant_id')::uuid)",
        "CREATE POLICY planted ON es.event USING (tenant_id::text = current_setting('app.tenant_id', true))",
        f"CREATE POLICY planted ON es.event USING ((SELECT {OWN})) WITH CHECK ((SELECT {OWN}))",
        f"CREATE POLICY planted ON es.event TO throughline_app USING ({OWN} OR type = 'x') WITH CHECK ({OWN})",
        "CREATE POLICY planted ON es.event FOR SELECT TO throughline_worker USING (true)",
    ],
    "loose_policy: es.checkpoint: planted": [
        "CREATE POLICY planted ON es.checkpoint FOR SELECT USING (true)",
        "CREATE POLICY planted ON es.checkpoint FOR SELECT TO throughline_app, throughline_worker USING (true)",
        "CREATE POLICY planted ON es.checkpoint FOR UPDATE TO throughline_worker USING (true)",
        "CREATE POLICY planted ON es.checkpoint TO throughline_worker USING (true) WITH CHECK (true)",
    ],
    "tenantless: es.planted": [
        f"CREATE TABLE es.planted (tenant_id uuid, key uuid); {SAFE}",
        f"CREATE TABLE es.planted (tenant_id uuid DEFAULT gen_random_uuid() PRIMARY KEY); {SAFE}",
        "CREATE TABLE es.planted (key uuid PRIMARY KEY)",
        "CREATE TABLE es.planted (tenant_id text PRIMARY KEY)",
    ],
    "foreign_first: es.planted_key_key": [f"{TABLE} ALTER TABLE es.planted ADD UNIQUE (key)"],
    "foreign_first: es.planted_key": [
        f"{TABLE} CREATE UNIQUE INDEX planted_key ON es.planted (key, tenant_id)",
        f"{TABLE} CREATE INDEX planted_key ON es.planted (lower(key::text), tenant_id)",
    ],
    "crossing_reference: es.planted: crossing": [
        "CREATE TABLE es.other (id uuid PRIMARY KEY); CREATE TABLE es.planted (tenant_id uuid, id uuid CONSTRAINT crossing REFERENCES es.other)",
    ],
    "hidden_action: es.event: planted": [
        "CREATE FUNCTION es.act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER planted AFTER INSERT ON es.event FOR EACH ROW EXECUTE FUNCTION es.act()",
        "CREATE RULE planted AS ON UPDATE TO es.event DO NOTHING",
    ],
    "hidden_action: planted": [
        "CREATE PUBLICATION planted FOR TABLE es.event",
        "CREATE FUNCTION es.act() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER planted ON ddl_command_end EXECUTE FUNCTION es.act()",
    ],
    "other_owner: es.planted": [
        "CREATE TABLE es.planted (tenant_id uuid PRIMARY KEY)",
        f"{FUNCTION} {BODY}",
        f"{FUNCTION} {BODY}; ALTER FUNCTION es.planted OWNER TO throughline_writer",
        f"{FUNCTION} SECURITY DEFINER {BODY}; ALTER FUNCTION es.planted OWNER TO throughline_owner",
    ],
    "other_owner: es.snapshot": ["ALTER TABLE es.snapshot OWNER TO throughline_app"],
    "other_owner: public.planted": ["CREATE TABLE public.planted (x int); ALTER TABLE public.planted OWNER TO throughline_writer"],
    "other_owner: rm": ["ALTER SCHEMA rm OWNER TO throughline_projector"],
    "strange_definer: es.planted": [f"{FUNCTION} SECURITY DEFINER SET search_path = pg_catalog, pg_temp {BODY}"],
    "strange_definer: public.planted": ["CREATE FUNCTION public.planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"],
    "strange_definer: es.destroy_key": [
        "ALTER FUNCTION es.destroy_key RESET search_path",
        "ALTER FUNCTION es.destroy_key SET search_path = public, pg_catalog",
    ],
    "missing_definer: es.append": ["ALTER FUNCTION es.append SECURITY INVOKER"],
    "leaking_function: es.planted": [f"{FUNCTION} LEAKPROOF {BODY}"],
    "extra right: PUBLIC EXECUTE on es.planted": [f"{FUNCTION} {BODY}"],
    "extra right: throughline_app TRUNCATE on es.event": ["GRANT TRUNCATE ON es.event TO throughline_app"],
    "extra right: PUBLIC SELECT on es.event": ["GRANT SELECT ON es.event TO PUBLIC"],
    "extra right: throughline_worker SELECT of payload on es.event": ["GRANT SELECT (payload) ON es.event TO throughline_worker"],
    "extra right: planted SELECT on es.event": ["CREATE ROLE planted; GRANT SELECT ON es.event TO planted"],
    "extra right: throughline_app UPDATE on rm.planted": ["CREATE TABLE rm.planted (x int); GRANT UPDATE ON rm.planted TO throughline_app"],
    "default right: throughline_owner gives throughline_worker SELECT in rm": [
        "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA rm GRANT SELECT ON TABLES TO throughline_worker"
    ],
    "default right: throughline_owner gives PUBLIC SELECT in every schema": [
        "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner GRANT SELECT ON TABLES TO PUBLIC"
    ],
    "default right: throughline_owner gives throughline_app SELECT in rm": [
        "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA rm REVOKE SELECT ON TABLES FROM throughline_app"
    ],
    "maker: throughline_writer in es": ["GRANT CREATE ON SCHEMA es TO throughline_writer"],
    "maker: throughline_app in public": ["GRANT CREATE ON SCHEMA public TO PUBLIC"],
    "maker: throughline_app in the database": [
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO throughline_app', current_database()); END $$"
    ],
    "maker: everybody in es": ["GRANT USAGE ON SCHEMA es TO PUBLIC"],
    "mighty_role: throughline_app": [
        *(f"ALTER ROLE throughline_app {power}" for power in ("SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB", "REPLICATION", "NOLOGIN"))
    ],
    "mighty_role: throughline_writer": ["ALTER ROLE throughline_writer LOGIN"],
    "mighty_role: throughline_app in throughline_owner": ["GRANT throughline_owner TO throughline_app"],
    "mighty_role: throughline_worker in pg_read_all_data": ["GRANT pg_read_all_data TO throughline_worker"],
    "mighty_role: planted in throughline_app": ["CREATE ROLE planted; GRANT throughline_app TO planted"],
    "preset: row_security=off of throughline_app": ["ALTER ROLE throughline_app SET row_security = off"],
    "preset: app.tenant_id=x of everybody": [
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.tenant_id = ''x''', current_database()); END $$"
    ],
}


async def test_nothing_lets_one_organization_see_another(admin: asyncpg.Connection) -> None:
    assert await faults(admin) == set()


@pytest.mark.parametrize(("named", "offence"), [(named, offence) for named, offences in PLANTED.items() for offence in offences])
async def test_an_offence_is_named(scratch: asyncpg.Connection, named: str, offence: str) -> None:
    await scratch.execute(offence)
    assert named in await faults(scratch)


async def test_a_reference_that_begins_with_the_tenant_is_no_offence(scratch: asyncpg.Connection) -> None:
    await scratch.execute(f"{TABLE} ALTER TABLE es.planted ADD CONSTRAINT own FOREIGN KEY (tenant_id, key) REFERENCES es.stream")
    assert await faults(scratch) == set()


def test_every_check_has_an_offence() -> None:
    planted = {named.split(":")[0] for named in PLANTED}
    assert planted == SQL.statements.keys() - LISTS | {"extra right", "default right"}


async def test_what_is_right_is_not_named(scratch: asyncpg.Connection) -> None:
    await scratch.execute(TABLE)
    await scratch.execute(
        "CREATE VIEW es.own WITH (security_invoker = on) AS SELECT * FROM es.planted; ALTER VIEW es.own OWNER TO throughline_owner"
    )
    await scratch.execute(
        f"{FUNCTION} {BODY}; REVOKE ALL ON FUNCTION es.planted FROM PUBLIC; ALTER FUNCTION es.planted OWNER TO throughline_owner"
    )
    assert await faults(scratch) == set()
