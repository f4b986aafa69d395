-- Who looks for organizations has to tell one that was ended, of which traces are left until its grace is over, from one whose
-- head was removed by hand.
GRANT USAGE ON SCHEMA directory TO throughline_worker;
--;
GRANT SELECT (tenant_id) ON directory.ended TO throughline_worker;
