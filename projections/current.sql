-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id     uuid,
  key           uuid,                                       -- the stream
  position      bigint NOT NULL,
  doc           jsonb  NOT NULL,
  engagement_id uuid GENERATED ALWAYS AS ((doc ->> 'engagement_id')::uuid) STORED,
  client_id     uuid GENERATED ALWAYS AS ((doc ->> 'client_id')::uuid) STORED,
  coach_id      uuid GENERATED ALWAYS AS ((doc ->> 'coach_id')::uuid) STORED,
  sponsor_id    uuid GENERATED ALWAYS AS ((doc ->> 'sponsor_id')::uuid) STORED,
  program_id    uuid GENERATED ALWAYS AS ((doc ->> 'program_id')::uuid) STORED,
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_engagement ON {table} (tenant_id, engagement_id)

-- some(tenant_id, keys) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[]) ORDER BY key

-- of_engagement(tenant_id, engagement_id) --
SELECT key FROM {table} WHERE tenant_id = $1 AND engagement_id = $2 ORDER BY key

-- in_engagements(tenant_id, engagement_ids, after, at_most) --
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1 AND engagement_id = ANY ($2::uuid[]) AND ($3::uuid IS NULL OR key > $3)
 ORDER BY key
 LIMIT $4

-- scope --
-- Each that is null lets everything through; `member` is what the row of a group holds of somebody who is coached in it, too.
tenant_id = $1
   AND ($2::uuid IS NULL OR client_id = $2 OR doc -> 'state' -> 'members' @> $7::jsonb)
   AND ($3::uuid IS NULL OR coach_id = $3)
   AND ($4::uuid IS NULL OR sponsor_id = $4)
   AND ($5::uuid[] IS NULL OR program_id = ANY ($5))
   AND ($6::date IS NULL OR coalesce((doc -> 'state' ->> 'closed_on')::date >= $6, true))

-- in_scope(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since, member, after, at_most) --
SELECT key, position, doc
  FROM {table}
 WHERE {scope}
   AND ($8::uuid IS NULL OR key > $8)
 ORDER BY key
 LIMIT $9

-- keys_in_scope(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since, member) --
SELECT key FROM {table} WHERE {scope}

-- value --
lower(coalesce(doc #>> $10::text[], '')) COLLATE "C"

-- held --
SELECT key, position, engagement_id, doc, {value} AS value
  FROM {table}
 WHERE {scope}
   AND ($8::uuid[] IS NULL OR engagement_id = ANY ($8))
   AND doc @> $9::jsonb
   AND ($12::timestamptz IS NULL OR (doc #>> $11::text[])::timestamptz >= $12)
   AND ($13::timestamptz IS NULL OR (doc #>> $11::text[])::timestamptz < $13)

-- last --
SELECT {value}, key FROM {table} WHERE tenant_id = $1 AND key = $14

-- ordered_up(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since, member, engagement_ids, holding, path, ranged, low, high, after, at_most, documents) --
-- Those whose document holds something, by a value in it, and of one value by their ids. Each limit that is null lets everything
-- through; a path that leads nowhere leaves the order of the ids. The page begins after that item, by its value of this moment.
-- `ranged` leads to an instant: no earlier than `low`, and before `high`. Without `documents` only where they stand.
SELECT key, position, engagement_id, CASE WHEN $16::boolean THEN doc END AS doc
  FROM ({held} AND ($14::uuid IS NULL OR ({value}, key) > ({last})) ORDER BY value, key LIMIT $15) page
 ORDER BY value, key

-- ordered_down(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since, member, engagement_ids, holding, path, ranged, low, high, after, at_most, documents) --
-- The same the other way round.
SELECT key, position, engagement_id, CASE WHEN $16::boolean THEN doc END AS doc
  FROM ({held} AND ($14::uuid IS NULL OR ({value}, key) < ({last})) ORDER BY value DESC, key DESC LIMIT $15) page
 ORDER BY value DESC, key DESC

-- of_reader(tenant_id, reader, program_ids, engagement_ids, template, after, at_most) --
-- Of reports only. Without programs those of all, without a reader everybody's.
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1
   AND ($2::uuid IS NULL OR doc -> 'state' ->> 'requested_by' = $2::text
        OR doc -> 'state' -> 'recipients' ? $2::text OR doc -> 'state' -> 'shared' ? $2::text)
   AND ($3::uuid[] IS NULL OR program_id = ANY ($3) OR engagement_id = ANY ($4::uuid[]))
   AND ($5::text IS NULL OR doc -> 'state' ->> 'template' = $5)
   AND ($6::uuid IS NULL OR key > $6)
 ORDER BY key
 LIMIT $7

-- waiting_of(tenant_id, requester, since) --
-- Of reports only: how many somebody asked for since then that are not made yet.
SELECT count(*)
  FROM {table}
 WHERE tenant_id = $1
   AND doc -> 'state' ->> 'requested_by' = $2::uuid::text
   AND (doc -> 'state' ->> 'requested_at')::timestamptz >= $3
   AND doc -> 'state' ->> 'generated' IS NULL

-- unclosed(tenant_id) --
-- Of assessments only: those that can still be answered, or should not be any more.
SELECT key
  FROM {table}
 WHERE tenant_id = $1
   AND doc -> 'state' ->> 'closed_on' IS NULL
   AND (doc -> 'state' ->> 'kind' <> 'self' OR doc -> 'state' ->> 'answers' IS NULL)
 ORDER BY key

-- unclosed_surveys(tenant_id) --
-- Of surveys only: those that can still be answered, or should not be any more.
SELECT key
  FROM {table}
 WHERE tenant_id = $1 AND doc -> 'state' ->> 'closed_on' IS NULL
 ORDER BY key

-- past_last_day(tenant_id, today) --
-- Of engagements only: those that notice was given of, and whose last day lies before this one, the earliest first.
SELECT key, doc -> 'state' -> 'notice' ->> 'ends_on' AS ends_on
  FROM {table}
 WHERE tenant_id = $1 AND (doc -> 'state' -> 'notice' ->> 'ends_on')::date < $2
 ORDER BY ends_on, key

-- bytes(tenant_id) --
-- Of reports only: what the files that are kept take.
SELECT coalesce(sum((doc -> 'state' -> 'generated' ->> 'size')::bigint), 0)
  FROM {table}
 WHERE tenant_id = $1 AND doc -> 'state' ->> 'discarded_at' IS NULL

-- latest_of_reader(tenant_id, reader, program_ids, engagement_ids, template, before, at_most) --
-- The same, newest first.
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1
   AND ($2::uuid IS NULL OR doc -> 'state' ->> 'requested_by' = $2::text
        OR doc -> 'state' -> 'recipients' ? $2::text OR doc -> 'state' -> 'shared' ? $2::text)
   AND ($3::uuid[] IS NULL OR program_id = ANY ($3) OR engagement_id = ANY ($4::uuid[]))
   AND ($5::text IS NULL OR doc -> 'state' ->> 'template' = $5)
   AND ($6::uuid IS NULL OR key < $6)
 ORDER BY key DESC
 LIMIT $7
