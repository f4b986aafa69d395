-- quota_of(tenant) --
SELECT people, engagements, requests_per_minute, storage_mb FROM directory.quota_of($1)

-- set_quota(tenant, people, engagements, requests_per_minute, storage_mb) --
SELECT directory.set_quota($1, $2, $3, $4, $5)

-- count_ended(tenant, until) --
SELECT es.count_ended($1, $2)

-- count_limited(tenant, type, until) --
SELECT es.count_limited($1, $2, $3)
