-- Links by which people sign in: asked for in a browser, mailed by a worker, used once in that browser. No personal data: the
-- address is a hash under the organization's own key, as that of its claim; the browser and the links are hashes of secrets.
CREATE TABLE IF NOT EXISTS directory.mail_link (
  id        uuid PRIMARY KEY,
  tenant_id uuid,                                           -- NULL: no organization was called like that
  address   bytea NOT NULL CHECK (length(address) = 32),
  browser   bytea NOT NULL CHECK (length(browser) = 32),    -- SHA-256 of the cookie that it got
  leads     text COLLATE "C" NOT NULL CHECK (length(leads) <= 100),   -- the page that was wanted
  asked_at  timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  taken_at  timestamptz,                                    -- since when a worker sees to the mail
  person_id uuid,                                           -- whose address it is
  secrets   bytea[] NOT NULL DEFAULT '{}',                  -- SHA-256 of what was mailed: two where a worker was killed in between
  used_at   timestamptz
);
--;
CREATE INDEX IF NOT EXISTS mail_link_waiting ON directory.mail_link (tenant_id, address, asked_at) WHERE taken_at IS NULL AND tenant_id IS NOT NULL;
--;
CREATE INDEX IF NOT EXISTS mail_link_taken ON directory.mail_link (tenant_id, address, taken_at) WHERE taken_at IS NOT NULL;
--;
ALTER TABLE directory.mail_link OWNER TO throughline_owner;
--;
GRANT SELECT, INSERT, UPDATE (taken_at, person_id, secrets, used_at), DELETE ON directory.mail_link TO throughline_writer;
--;
CREATE OR REPLACE FUNCTION directory.ask_mail_link(link uuid, tenant uuid, of_address bytea, of_browser bytea, page text, lasts interval)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO directory.mail_link (id, tenant_id, address, browser, leads, asked_at, ends_at)
  VALUES (link, tenant, of_address, of_browser, page, clock_timestamp(), clock_timestamp() + lasts)
$$;
--;
-- Hands out what waits for a mail, each once. To one address goes one mail a minute and five in an hour: of what waits longer,
-- whoever asked last comes first, for they look into their mails at this moment. One worker at a time, so that two do not count
-- past each other.
CREATE OR REPLACE FUNCTION directory.take_mail_links(most int) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  now_at timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('directory.mail_link', 0)) THEN
    RETURN;
  END IF;
  now_at := clock_timestamp();
  RETURN QUERY UPDATE directory.mail_link l SET taken_at = now_at
    FROM (SELECT n.id
            FROM (SELECT DISTINCT ON (w.tenant_id, w.address) w.id, w.tenant_id, w.address, w.asked_at FROM directory.mail_link w
                   WHERE w.taken_at IS NULL AND w.tenant_id IS NOT NULL AND w.ends_at > now_at
                   ORDER BY w.tenant_id, w.address, w.asked_at DESC) n
           CROSS JOIN LATERAL (SELECT count(*) AS mails, max(t.taken_at) AS last_at FROM directory.mail_link t
                                WHERE t.tenant_id = n.tenant_id AND t.address = n.address AND t.taken_at > now_at - interval '1 hour') t
           WHERE t.mails < 5 AND (t.last_at IS NULL OR t.last_at <= now_at - interval '1 minute')
           ORDER BY n.asked_at LIMIT most) due
   WHERE l.id = due.id
  RETURNING l.id, l.tenant_id;
END$$;
--;
-- What a worker has to know of one that it took; no row when its time is over.
CREATE OR REPLACE FUNCTION directory.taken_mail_link(link uuid) RETURNS TABLE (tenant_id uuid, address bytea, asked_at timestamptz, ends_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.tenant_id, l.address, l.asked_at, l.ends_at FROM directory.mail_link l
   WHERE l.id = link AND l.taken_at IS NOT NULL AND l.used_at IS NULL AND l.ends_at > clock_timestamp()
$$;
--;
-- Notes whom a mail goes to, and the hash of the secret in it, before it is sent.
CREATE OR REPLACE FUNCTION directory.add_mail_link_secret(link uuid, person uuid, secret bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE directory.mail_link l SET person_id = person, secrets = l.secrets || secret WHERE l.id = link
$$;
--;
-- Where a link leads, for whoever has its secret; no row when it was used, or its time is over.
CREATE OR REPLACE FUNCTION directory.find_mail_link(link uuid, secret bytea) RETURNS TABLE (tenant_id uuid, person_id uuid, browser bytea, leads text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.tenant_id, l.person_id, l.browser, l.leads FROM directory.mail_link l
   WHERE l.id = link AND secret = ANY (l.secrets) AND l.used_at IS NULL AND l.ends_at > clock_timestamp()
$$;
--;
-- Uses a link up. True once, for one caller, in the browser that asked for it.
CREATE OR REPLACE FUNCTION directory.use_mail_link(link uuid, secret bytea, of_browser bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE directory.mail_link l SET used_at = clock_timestamp()
   WHERE l.id = link AND secret = ANY (l.secrets) AND l.browser = of_browser AND l.used_at IS NULL AND l.ends_at > clock_timestamp();
  RETURN FOUND;
END$$;
--;
-- Forgets what ended a day ago, by when no count of mails asks for it any more. Returns how many.
CREATE OR REPLACE FUNCTION directory.forget_mail_links() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  DELETE FROM directory.mail_link l WHERE l.ends_at < clock_timestamp() - interval '1 day';
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
REVOKE ALL ON FUNCTION directory.ask_mail_link, directory.take_mail_links, directory.taken_mail_link, directory.add_mail_link_secret,
                       directory.find_mail_link, directory.use_mail_link, directory.forget_mail_links FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.ask_mail_link OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.take_mail_links OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.taken_mail_link OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.add_mail_link_secret OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.find_mail_link OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.use_mail_link OWNER TO throughline_writer;
--;
ALTER FUNCTION directory.forget_mail_links OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.ask_mail_link, directory.taken_mail_link, directory.add_mail_link_secret, directory.find_mail_link,
                          directory.use_mail_link TO throughline_app;
--;
GRANT EXECUTE ON FUNCTION directory.take_mail_links, directory.forget_mail_links TO throughline_worker;
