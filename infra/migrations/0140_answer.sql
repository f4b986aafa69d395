-- Anonymous answers, while what they answer is open: to an assessment by its raters, to a survey. They wait outside of the log, which
-- would keep for ever when each was given, and come into it together with the event that closes their stream, shuffled by who appends.
-- Then nothing stands here any more. What waits has neither time nor author, and its order is that of random ids.
CREATE TABLE IF NOT EXISTS es.sealed_answer (
  tenant_id uuid,
  stream_id uuid,                                           -- what is answered
  answer_id uuid,                                           -- random, and not of the time
  sealed    bytea NOT NULL,                                 -- with a key of the realm
  PRIMARY KEY (tenant_id, stream_id, answer_id)
);
--;
-- The secrets in the links by which raters answer, of each its SHA-256: one a mail. Of a rater who answered all are used, so that a
-- reminder's link does not open a second answer. Of whom an answer is stands nowhere; that somebody answered must, while it is open,
-- or they were reminded of what they did.
CREATE TABLE IF NOT EXISTS es.rater_token (
  tenant_id uuid,
  stream_id uuid,
  hash      bytea       CHECK (length(hash) > 0),
  rater_id  uuid        NOT NULL,
  made_at   timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  used      boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, stream_id, hash)
);
--;
ALTER TABLE es.sealed_answer OWNER TO throughline_owner;
--;
ALTER TABLE es.rater_token OWNER TO throughline_owner;
--;
ALTER TABLE es.sealed_answer ENABLE ROW LEVEL SECURITY;
--;
ALTER TABLE es.rater_token ENABLE ROW LEVEL SECURITY;
--;
DROP POLICY IF EXISTS tenant ON es.sealed_answer;
--;
CREATE POLICY tenant ON es.sealed_answer USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
                                   WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
--;
DROP POLICY IF EXISTS tenant ON es.rater_token;
--;
CREATE POLICY tenant ON es.rater_token USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
                                 WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
--;
-- Nobody reads the tables: who may call the functions of the writer learns what one stream's page, mail or closing needs.
GRANT SELECT, INSERT, DELETE ON es.sealed_answer TO throughline_writer;
--;
GRANT SELECT, INSERT, UPDATE (used), DELETE ON es.rater_token TO throughline_writer;
--;
-- Notes the hash of a secret that is about to be mailed. False, and nothing is noted, for a rater who answered already.
CREATE OR REPLACE FUNCTION es.add_rater_token(tenant uuid, stream uuid, rater uuid, of_secret bytea, until timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  now_at timestamptz;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF EXISTS (SELECT FROM es.rater_token t WHERE t.tenant_id = tenant AND t.stream_id = stream AND t.rater_id = rater AND t.used) THEN
    RETURN false;
  END IF;
  now_at := clock_timestamp();
  INSERT INTO es.rater_token (tenant_id, stream_id, hash, rater_id, made_at, ends_at) VALUES (tenant, stream, of_secret, rater, now_at, until);
  RETURN true;
END$$;
--;
-- Ends a rater's links, or the one of a mail that did not go out. Returns how many.
CREATE OR REPLACE FUNCTION es.end_rater_tokens(tenant uuid, stream uuid, rater uuid, of_secret bytea DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n bigint;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  DELETE FROM es.rater_token t
   WHERE t.tenant_id = tenant AND t.stream_id = stream AND t.rater_id = rater AND NOT t.used AND (of_secret IS NULL OR t.hash = of_secret);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
-- Whose a secret is, in the stream that it was made for.
CREATE OR REPLACE FUNCTION es.find_rater_token(tenant uuid, stream uuid, of_secret bytea) RETURNS TABLE (rater_id uuid, ends_at timestamptz, used boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT t.rater_id, t.ends_at, t.used FROM es.rater_token t
    WHERE t.tenant_id = tenant AND t.stream_id = stream AND t.hash = of_secret;
END$$;
--;
-- Who was written to: how often, when last, and whether they answered. For whoever reminds them, and for nobody else.
CREATE OR REPLACE FUNCTION es.raters_told(tenant uuid, stream uuid) RETURNS TABLE (rater_id uuid, mails bigint, last_at timestamptz, used boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT t.rater_id, count(*), max(t.made_at), bool_or(t.used) FROM es.rater_token t
    WHERE t.tenant_id = tenant AND t.stream_id = stream GROUP BY t.rater_id;
END$$;
--;
-- Takes an answer, and uses up all secrets of the rater. Under the tenant's lock and only while the stream is at the version that was
-- read, so that it counts before a closing or is refused after it. Answers
--   ok        it waits now
--   unknown   there is no such secret;  over  its time is over;  used  the rater answered before
--   conflict  the stream is at another version: read it again
--   erased    the key that it was sealed with was destroyed;  keyless  there is none: read the keys again
CREATE OR REPLACE FUNCTION es.add_answer(tenant uuid, stream uuid, at_version int, of_secret bytea, answer uuid, under bytea,
                                         subject uuid, realm uuid, v smallint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  rater    uuid;
  until    timestamptz;
  answered boolean;
  latest   int;
  gone     timestamptz;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  SELECT t.rater_id, t.ends_at, t.used INTO rater, until, answered FROM es.rater_token t
   WHERE t.tenant_id = tenant AND t.stream_id = stream AND t.hash = of_secret;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF answered THEN RETURN 'used'; END IF;
  IF until <= clock_timestamp() THEN RETURN 'over'; END IF;
  SELECT max(e.version) INTO latest FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = stream;
  IF latest IS DISTINCT FROM at_version THEN RETURN 'conflict'; END IF;
  SELECT s.destroyed_at INTO gone FROM es.subject_key s
   WHERE s.tenant_id = tenant AND s.subject_id = subject AND s.realm_id = realm AND s.key_v = v;
  IF NOT FOUND THEN RETURN 'keyless'; END IF;
  IF gone IS NOT NULL THEN RETURN 'erased'; END IF;
  UPDATE es.rater_token t SET used = true WHERE t.tenant_id = tenant AND t.stream_id = stream AND t.rater_id = rater;
  INSERT INTO es.sealed_answer (tenant_id, stream_id, answer_id, sealed) VALUES (tenant, stream, answer, under);
  RETURN 'ok';
END$$;
--;
-- What waits in a stream, for the closing alone.
CREATE OR REPLACE FUNCTION es.answers(tenant uuid, stream uuid) RETURNS TABLE (answer_id uuid, sealed bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT a.answer_id, a.sealed FROM es.sealed_answer a WHERE a.tenant_id = tenant AND a.stream_id = stream ORDER BY a.answer_id;
END$$;
--;
-- How many were written to in each of the streams, and how many answered; without streams, in all that have either.
CREATE OR REPLACE FUNCTION es.count_answers(tenant uuid, streams uuid[] DEFAULT NULL) RETURNS TABLE (stream_id uuid, invited bigint, answered bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT w.stream_id, count(DISTINCT w.rater_id), count(w.answer_id)
    FROM (SELECT t.stream_id, t.rater_id, NULL::uuid AS answer_id FROM es.rater_token t
           WHERE t.tenant_id = tenant AND (streams IS NULL OR t.stream_id = ANY (streams))
          UNION ALL
          SELECT a.stream_id, NULL, a.answer_id FROM es.sealed_answer a
           WHERE a.tenant_id = tenant AND (streams IS NULL OR a.stream_id = ANY (streams))) w
   GROUP BY w.stream_id;
END$$;
--;
-- es.append, if the answers that wait in a stream are those that were read: else the status is conflict. With `closes` they go into
-- the log with it, and nothing that was known of them beside it stays: the answers and all secrets are deleted in the same transaction.
CREATE OR REPLACE FUNCTION es.append_over_answers(
  tenant uuid, stream uuid, waiting uuid[], closes boolean,
  command uuid, fingerprint bytea, result bytea,
  streams uuid[], expected int[], engagements uuid[],
  of int[], types text[], schema_vs smallint[],
  occurred timestamptz[], metas bytea[], payloads bytea[],
  claim_of int[], claim_kinds text[], claim_keys bytea[],
  release_of int[], release_kinds text[], release_keys bytea[],
  key_subjects uuid[], key_realms uuid[], key_vs smallint[],
  OUT status text, OUT last_position bigint, OUT recorded timestamptz, OUT versions int[], OUT taken text, OUT stored bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF (command IS NULL OR NOT EXISTS (SELECT FROM es.command c WHERE c.tenant_id = tenant AND c.command_id = command))
     AND ARRAY(SELECT a.answer_id FROM es.sealed_answer a WHERE a.tenant_id = tenant AND a.stream_id = stream ORDER BY a.answer_id)
         <> ARRAY(SELECT w.id FROM unnest(waiting) AS w (id) ORDER BY w.id) THEN
    status := 'conflict';
    RETURN;
  END IF;
  SELECT a.status, a.last_position, a.recorded, a.versions, a.taken, a.stored
    INTO status, last_position, recorded, versions, taken, stored
    FROM es.append(tenant, command, fingerprint, result, streams, expected, engagements, of, types, schema_vs, occurred, metas, payloads,
                   claim_of, claim_kinds, claim_keys, release_of, release_kinds, release_keys, key_subjects, key_realms, key_vs) a;
  IF closes AND status = 'ok' THEN
    DELETE FROM es.sealed_answer a WHERE a.tenant_id = tenant AND a.stream_id = stream;
    DELETE FROM es.rater_token t WHERE t.tenant_id = tenant AND t.stream_id = stream;
  END IF;
END$$;
--;
-- As 0005_key.sql says of it: what waits for the stream goes with it.
CREATE OR REPLACE FUNCTION es.erase_stream(tenant uuid, stream uuid) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  n int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  DELETE FROM es.snapshot s WHERE s.tenant_id = tenant AND s.stream_id = stream;
  DELETE FROM es.claim c WHERE c.tenant_id = tenant AND c.stream_id = stream;
  DELETE FROM es.sealed_answer a WHERE a.tenant_id = tenant AND a.stream_id = stream;
  DELETE FROM es.rater_token t WHERE t.tenant_id = tenant AND t.stream_id = stream;
  DELETE FROM es.command c USING es.event e
   WHERE c.tenant_id = tenant AND e.tenant_id = tenant AND e.stream_id = stream AND e.recorded_at = c.recorded_at AND e.position <= c.position;
  UPDATE es.event e SET payload = NULL WHERE e.tenant_id = tenant AND e.stream_id = stream AND e.payload IS NOT NULL;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END$$;
--;
REVOKE ALL ON FUNCTION es.add_rater_token, es.end_rater_tokens, es.find_rater_token, es.raters_told, es.add_answer, es.answers, es.count_answers,
                       es.append_over_answers FROM PUBLIC;
--;
GRANT CREATE ON SCHEMA es TO throughline_writer;
--;
ALTER FUNCTION es.add_rater_token OWNER TO throughline_writer;
--;
ALTER FUNCTION es.end_rater_tokens OWNER TO throughline_writer;
--;
ALTER FUNCTION es.find_rater_token OWNER TO throughline_writer;
--;
ALTER FUNCTION es.raters_told OWNER TO throughline_writer;
--;
ALTER FUNCTION es.add_answer OWNER TO throughline_writer;
--;
ALTER FUNCTION es.answers OWNER TO throughline_writer;
--;
ALTER FUNCTION es.count_answers OWNER TO throughline_writer;
--;
ALTER FUNCTION es.append_over_answers OWNER TO throughline_writer;
--;
REVOKE CREATE ON SCHEMA es FROM throughline_writer;
--;
GRANT EXECUTE ON FUNCTION es.add_rater_token, es.end_rater_tokens, es.find_rater_token, es.raters_told, es.add_answer, es.answers,
                          es.count_answers, es.append_over_answers TO throughline_app;
