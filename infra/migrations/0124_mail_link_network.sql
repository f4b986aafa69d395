-- Whoever knows an address could ask for its links until the mails of an hour were used up, and so keep its owner out. Now each
-- network has mails of its own: those that one asks for leave room for all others, and who had fewest comes first.
ALTER TABLE directory.mail_link ADD COLUMN IF NOT EXISTS network bytea CHECK (length(network) = 32);  -- a hash, as in directory.attempt; NULL: of an earlier release
--;
-- As directory.ask_mail_link, which stays for the release before.
CREATE OR REPLACE FUNCTION directory.ask_mail_link_v2(link uuid, tenant uuid, of_address bytea, of_browser bytea, page text, lasts interval,
                                                      of_network bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO directory.mail_link (id, tenant_id, address, browser, leads, asked_at, ends_at, network)
  VALUES (link, tenant, of_address, of_browser, page, clock_timestamp(), clock_timestamp() + lasts, of_network)
$$;
--;
-- Hands out what waits for a mail, each once. To one address goes one mail a minute, and in an hour five that one network asked
-- for, and twenty in all. Of what waits longer comes first whose network had fewest, and of one network whoever asked last, for
-- they look into their mails at this moment. One worker at a time, so that two do not count past each other.
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
    FROM (SELECT first.id
            FROM (SELECT DISTINCT ON (n.tenant_id, n.address) n.id, n.asked_at
                    FROM (SELECT DISTINCT ON (w.tenant_id, w.address, w.network) w.id, w.tenant_id, w.address, w.network, w.asked_at
                            FROM directory.mail_link w
                           WHERE w.taken_at IS NULL AND w.tenant_id IS NOT NULL AND w.ends_at > now_at
                           ORDER BY w.tenant_id, w.address, w.network, w.asked_at DESC) n
                   CROSS JOIN LATERAL (SELECT count(*) AS mails, max(t.taken_at) AS last_at,
                                              count(*) FILTER (WHERE t.network IS NOT DISTINCT FROM n.network) AS of_network
                                         FROM directory.mail_link t
                                        WHERE t.tenant_id = n.tenant_id AND t.address = n.address AND t.taken_at > now_at - interval '1 hour') t
                   WHERE t.mails < 20 AND t.of_network < 5 AND (t.last_at IS NULL OR t.last_at <= now_at - interval '1 minute')
                   ORDER BY n.tenant_id, n.address, t.of_network, n.asked_at DESC) first
           ORDER BY first.asked_at LIMIT most) due
   WHERE l.id = due.id
  RETURNING l.id, l.tenant_id;
END$$;
--;
REVOKE ALL ON FUNCTION directory.ask_mail_link_v2 FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA directory TO throughline_writer;
--;
ALTER FUNCTION directory.ask_mail_link_v2 OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA directory FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION directory.ask_mail_link_v2 TO throughline_app;
