-- taken(link, tenant_id) --
SELECT address, ends_at FROM directory.taken_mail_link($1) WHERE tenant_id = $2

-- holder(tenant_id, kind, key) --
SELECT stream_id FROM es.claim WHERE tenant_id = $1 AND kind = $2 AND key = $3

-- add_secret(link, person, secret) --
SELECT directory.add_mail_link_secret($1, $2, $3)
