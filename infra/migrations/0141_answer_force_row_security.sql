-- As 0009_force_row_security.sql, and left out on Citus for the same reason.
ALTER TABLE es.sealed_answer FORCE ROW LEVEL SECURITY;
--;
ALTER TABLE es.rater_token FORCE ROW LEVEL SECURITY;
