-- ask(link, tenant, address, browser, leads, lasts, network) --
SELECT directory.ask_mail_link_v2($1, $2, $3, $4, $5, $6, $7)

-- find(link, secret) --
SELECT tenant_id, person_id, browser, leads FROM directory.find_mail_link($1, $2)

-- use(link, secret, browser) --
SELECT directory.use_mail_link($1, $2, $3)
