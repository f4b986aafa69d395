-- Who holds which of these claims: what runs in a program is found by the places that it has taken there.
CREATE OR REPLACE FUNCTION es.holders(tenant uuid, claim_kind text, keys bytea[]) RETURNS TABLE (key bytea, stream_id uuid)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT c.key, c.stream_id FROM es.claim c WHERE c.tenant_id = tenant AND c.kind = claim_kind AND c.key = ANY (keys);
END$$;
--;
ALTER FUNCTION es.holders OWNER TO throughline_owner;
--;
REVOKE ALL ON FUNCTION es.holders FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.holders TO throughline_app;
