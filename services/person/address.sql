-- holder(tenant, kind, keys) --
-- Whose an address is: by the hash under which it is kept from being two people's.
SELECT stream_id FROM es.holders($1, $2, $3)
