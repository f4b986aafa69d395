-- newest_lines(tenant_id, at_most) --
SELECT doc FROM {ledger} WHERE tenant_id = $1 AND kind IS NOT NULL ORDER BY position DESC LIMIT $2

-- first_plans(tenant_id, at_most) --
SELECT doc FROM {plans} WHERE tenant_id = $1 ORDER BY key LIMIT $2
