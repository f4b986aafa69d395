-- Each calls one function of 0050_bridge.sql, which binds the tenant and says what it does.

-- append(tenant, streams, numbers, types, payloads, meta, tracker, tracks, reached) --
SELECT status, last_position FROM es.bridge_append($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- events(tenant, stream, above, up_to, backwards, most) --
SELECT * FROM es.bridge_events($1, $2, $3, $4, $5, $6)

-- notifications(tenant, above, up_to, only_types, most) --
SELECT * FROM es.bridge_notifications($1, $2, $3, $4, $5)

-- head(tenant) --
SELECT es.bridge_head($1)

-- reached(tenant, tracker, tracks) --
SELECT es.bridge_reached($1, $2, $3)

-- keep(tenant, streams, numbers, types, states) --
SELECT es.bridge_keep($1, $2, $3, $4, $5)

-- snapshots(tenant, stream, above, up_to, backwards, most) --
SELECT * FROM es.bridge_snapshots($1, $2, $3, $4, $5, $6)
