-- take(most) --
SELECT id, tenant_id FROM directory.take_mail_links($1)
