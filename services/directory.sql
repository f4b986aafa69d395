-- reserve_slug(tenant, slug) --
SELECT directory.reserve_slug($1, $2)

-- confirm_slug(tenant) --
SELECT directory.confirm_slug($1)

-- find_slug(slug) --
SELECT tenant_id, state FROM directory.find_slug($1)
