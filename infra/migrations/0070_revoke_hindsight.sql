-- The projector may not read snapshots, so that it could never use this: who has no use for a right does not have it.
REVOKE EXECUTE ON FUNCTION es.hindsight FROM throughline_projector;
