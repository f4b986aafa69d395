-- As 0009_force_row_security.sql, and left out on Citus for the same reason.
ALTER TABLE es.look FORCE ROW LEVEL SECURITY;
