-- Who may do what: the whole list, but for the bridge to the library, which has a migration of its own. Nobody but the owner
-- may update or delete an event; the application writes the log and the keys through functions alone.
GRANT USAGE ON SCHEMA es TO throughline_writer, throughline_app, throughline_projector, throughline_worker;
--;
GRANT USAGE ON SCHEMA directory TO throughline_writer, throughline_app;
--;
GRANT USAGE ON SCHEMA rm TO throughline_app, throughline_projector;
--;
-- The writer, as whom the functions run that write.
GRANT SELECT, INSERT ON es.tenant_head, es.event, es.stream, es.command, es.claim, es.tenant_key, es.subject_key TO throughline_writer;
--;
GRANT UPDATE (position, recorded_at) ON es.tenant_head TO throughline_writer;
--;
GRANT DELETE ON es.claim, es.command TO throughline_writer;
--;
GRANT UPDATE (kek, wrapping, index_key) ON es.tenant_key TO throughline_writer;
--;
GRANT UPDATE (wrapped, destroyed_at) ON es.subject_key TO throughline_writer;
--;
GRANT SELECT, INSERT ON directory.organization, directory.api_key TO throughline_writer;
--;
GRANT UPDATE (state) ON directory.organization TO throughline_writer;
--;
GRANT UPDATE (revoked_at) ON directory.api_key TO throughline_writer;
--;
-- The application: reads its tenant; its caches are its own.
GRANT SELECT ON es.tenant_head, es.event, es.stream, es.command, es.claim, es.tenant_key, es.subject_key, es.snapshot, es.checkpoint,
                es.projection TO throughline_app;
--;
GRANT INSERT, UPDATE, DELETE ON es.snapshot TO throughline_app;
--;
-- The projector: follows, opens what it projects, and moves its checkpoints.
GRANT SELECT ON es.tenant_head, es.event, es.stream, es.tenant_key, es.subject_key TO throughline_projector;
--;
GRANT SELECT, INSERT, UPDATE, DELETE ON es.checkpoint, es.projection TO throughline_projector;
--;
-- The worker: sees who is behind, and no content. What it has to record it records as the application.
GRANT SELECT ON es.tenant_head, es.checkpoint, es.projection TO throughline_worker;
--;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA es FROM PUBLIC;
--;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA directory FROM PUBLIC;
--;
GRANT EXECUTE ON FUNCTION es.append, es.load, es.as_of, es.position_at, es.feed, es.streams_of, es.claimed, es.keep_snapshot, es.keys_of,
                          es.live_keys, es.add_tenant_key, es.add_subject_key, es.destroy_key, es.rotate_key TO throughline_app;
--;
GRANT EXECUTE ON FUNCTION es.feed, es.as_of, es.keys_of TO throughline_projector;
--;
GRANT EXECUTE ON FUNCTION es.forget_commands TO throughline_worker;
--;
GRANT EXECUTE ON FUNCTION directory.reserve_slug, directory.confirm_slug, directory.find_slug, directory.add_key, directory.find_key,
                          directory.revoke_key TO throughline_app;
--;
-- Read models are made later, one generation after the other, by the owner.
ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA rm GRANT SELECT ON TABLES TO throughline_app;
--;
ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA rm GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO throughline_projector;
