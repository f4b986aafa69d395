-- A quota on things in the log: counted under the organization's lock, so that of two who take the last place one is refused.
-- What is counted is listed in the index, which holds nothing else.
CREATE INDEX IF NOT EXISTS event_limited ON es.event (tenant_id, type, position)
 WHERE type IN ('person.person_registered', 'engagement.engagement_activated');
--;
-- How many events of one of these types the organization has, up to a position. Volatile: it counts what is there now, and not when
-- the statement began.
CREATE OR REPLACE FUNCTION es.count_limited(tenant uuid, counted text, until bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  SELECT count(*) INTO n FROM es.event e
   WHERE e.tenant_id = tenant AND e.type = counted AND e.position <= until
     AND e.type IN ('person.person_registered', 'engagement.engagement_activated');
  RETURN n;
END$$;
--;
-- es.append, unless there would be more than so many events of these types afterwards: then the status is full, and taken the type.
-- A known command adds nothing, and is answered by es.append.
CREATE OR REPLACE FUNCTION es.append_within(
  limited text[], at_most int[],
  tenant uuid,
  command uuid, fingerprint bytea, result bytea,
  streams uuid[], expected int[], engagements uuid[],
  of int[], types text[], schema_vs smallint[],
  occurred timestamptz[], metas bytea[], payloads bytea[],
  claim_of int[], claim_kinds text[], claim_keys bytea[],
  release_of int[], release_kinds text[], release_keys bytea[],
  key_subjects uuid[], key_realms uuid[], key_vs smallint[],
  OUT status text, OUT last_position bigint, OUT recorded timestamptz, OUT versions int[], OUT taken text, OUT stored bytea
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  added int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));
  IF command IS NULL OR NOT EXISTS (SELECT FROM es.command c WHERE c.tenant_id = tenant AND c.command_id = command) THEN
    FOR i IN 1 .. cardinality(limited) LOOP
      added := coalesce(cardinality(array_positions(types, limited[i])), 0);
      IF added > 0 AND es.count_limited(tenant, limited[i], 9223372036854775807) + added > at_most[i] THEN
        status := 'full'; taken := limited[i];
        RETURN;
      END IF;
    END LOOP;
  END IF;
  SELECT a.status, a.last_position, a.recorded, a.versions, a.taken, a.stored
    INTO status, last_position, recorded, versions, taken, stored
    FROM es.append(tenant, command, fingerprint, result, streams, expected, engagements, of, types, schema_vs, occurred, metas, payloads,
                   claim_of, claim_kinds, claim_keys, release_of, release_kinds, release_keys, key_subjects, key_realms, key_vs) a;
END$$;
--;
ALTER FUNCTION es.count_limited OWNER TO throughline_owner;
--;
ALTER FUNCTION es.append_within OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.count_limited, es.append_within FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.count_limited, es.append_within TO throughline_app;
