-- newest_lines(tenant_id, at_most) --
SELECT doc FROM {ledger} WHERE tenant_id = $1 AND kind IS NOT NULL ORDER BY position DESC LIMIT $2
