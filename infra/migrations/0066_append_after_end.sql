-- es.append tells an organization that was ended from one that is new: its head is gone, while its stream is still there. Before,
-- a change of the organization itself began its log anew, failed at the first position, and was answered as a fault of ours.
-- Nor is a key that went with the organization told as that of one person. Otherwise as it was: what 0003 says of it holds.
CREATE OR REPLACE FUNCTION es.append(
  tenant uuid,
  command uuid, fingerprint bytea, result bytea,                        -- null: no command row
  streams uuid[], expected int[], engagements uuid[],
  of int[], types text[], schema_vs smallint[],
  occurred timestamptz[], metas bytea[], payloads bytea[],              -- occurred null: when recorded
  claim_of int[] DEFAULT NULL, claim_kinds text[] DEFAULT NULL, claim_keys bytea[] DEFAULT NULL,
  release_of int[] DEFAULT NULL, release_kinds text[] DEFAULT NULL, release_keys bytea[] DEFAULT NULL,
  key_subjects uuid[] DEFAULT NULL, key_realms uuid[] DEFAULT NULL, key_vs smallint[] DEFAULT NULL,
  OUT status text, OUT last_position bigint, OUT recorded timestamptz, OUT versions int[], OUT taken text, OUT stored bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_sort = off AS $$
DECLARE
  n      int := coalesce(cardinality(types), 0);
  now_at timestamptz;
  gone   timestamptz;
  print  bytea;
  k      int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true), pg_advisory_xact_lock(hashtextextended(tenant::text, 0));

  IF command IS NOT NULL THEN
    SELECT c.fingerprint, c.position, c.recorded_at, c.result INTO print, last_position, recorded, stored
      FROM es.command c WHERE c.tenant_id = tenant AND c.command_id = command;
    IF FOUND THEN
      status := 'duplicate';
      IF print IS DISTINCT FROM fingerprint THEN
        status := 'reused'; last_position := NULL; recorded := NULL; stored := NULL;
      END IF;
      RETURN;
    END IF;
  END IF;

  versions := expected;
  FOR i IN 1 .. coalesce(cardinality(streams), 0) LOOP
    SELECT e.version INTO k FROM es.event e WHERE e.tenant_id = tenant AND e.stream_id = streams[i]
     ORDER BY e.version DESC LIMIT 1;
    versions[i] := coalesce(k, 0);
  END LOOP;
  IF versions IS DISTINCT FROM expected THEN status := 'conflict'; RETURN; END IF;

  FOR i IN 1 .. coalesce(cardinality(claim_of), 0) LOOP
    SELECT c.kind INTO taken FROM es.claim c
     WHERE c.tenant_id = tenant AND c.kind = claim_kinds[i] AND c.key = claim_keys[i]
       AND NOT EXISTS (SELECT FROM unnest(release_of, release_kinds, release_keys) r (of, kind, key)
                        WHERE streams[r.of] = c.stream_id AND r.kind = c.kind AND r.key = c.key);
    IF FOUND THEN status := 'claimed'; RETURN; END IF;
  END LOOP;

  FOR i IN 1 .. coalesce(cardinality(key_vs), 0) LOOP
    SELECT s.destroyed_at INTO gone FROM es.subject_key s
     WHERE s.tenant_id = tenant AND s.subject_id = key_subjects[i] AND s.realm_id = key_realms[i] AND s.key_v = key_vs[i];
    IF NOT FOUND THEN status := 'keyless'; RETURN; END IF;
    IF gone IS NOT NULL THEN
      status := CASE WHEN EXISTS (SELECT FROM es.tenant_head h WHERE h.tenant_id = tenant) THEN 'erased' ELSE 'unknown' END;
      RETURN;
    END IF;
  END LOOP;

  now_at := clock_timestamp();              -- after the lock, so that times follow positions; apart, for Citus
  UPDATE es.tenant_head h SET position = h.position + n, recorded_at = greatest(h.recorded_at, now_at)
   WHERE h.tenant_id = tenant RETURNING h.position, h.recorded_at INTO last_position, recorded;
  IF NOT FOUND THEN
    IF n = 0 OR streams[1] IS DISTINCT FROM tenant OR expected[1] <> 0 THEN   -- its own stream comes first, and begins here
      status := 'unknown'; RETURN;
    END IF;
    INSERT INTO es.tenant_head (tenant_id, position, recorded_at) VALUES (tenant, n, now_at);
    last_position := n; recorded := now_at;
  END IF;

  FOR i IN 1 .. n LOOP
    k := of[i];
    versions[k] := versions[k] + 1;
    INSERT INTO es.event (tenant_id, stream_id, version, position, type, schema_v, occurred_at, recorded_at,
                          meta, payload, meta_hash, payload_hash)
    VALUES (tenant, streams[k], versions[k], last_position - n + i, types[i], schema_vs[i], coalesce(occurred[i], recorded), recorded,
            metas[i], payloads[i], sha256(metas[i]), sha256(payloads[i]));
    IF versions[k] = 1 THEN
      INSERT INTO es.stream (tenant_id, stream_id, type, engagement_id)
      VALUES (tenant, streams[k], split_part(types[i], '.', 1), engagements[k]);
    END IF;
  END LOOP;

  FOR i IN 1 .. coalesce(cardinality(release_of), 0) LOOP
    DELETE FROM es.claim c
     WHERE c.tenant_id = tenant AND c.kind = release_kinds[i] AND c.key = release_keys[i] AND c.stream_id = streams[release_of[i]];
  END LOOP;
  FOR i IN 1 .. coalesce(cardinality(claim_of), 0) LOOP
    INSERT INTO es.claim (tenant_id, kind, key, stream_id) VALUES (tenant, claim_kinds[i], claim_keys[i], streams[claim_of[i]]);
  END LOOP;

  IF command IS NOT NULL THEN
    INSERT INTO es.command (tenant_id, command_id, fingerprint, result, position, recorded_at)
    VALUES (tenant, command, fingerprint, result, last_position, recorded);
  END IF;
  status := 'ok';
END$$;
