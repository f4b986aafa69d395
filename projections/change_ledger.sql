-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id     uuid,
  key           uuid,                                       -- the event of a line, the engagement of a course
  position      bigint NOT NULL,
  doc           jsonb  NOT NULL,
  kind          text COLLATE "C" GENERATED ALWAYS AS (doc -> 'said' ->> 'kind') STORED,  -- null of what is no line
  engagement_id uuid GENERATED ALWAYS AS ((doc ->> 'engagement_id')::uuid) STORED,
  program_id    uuid GENERATED ALWAYS AS ((doc ->> 'program_id')::uuid) STORED,
  plan_id       uuid GENERATED ALWAYS AS ((doc ->> 'plan_id')::uuid) STORED,
  change_id     uuid GENERATED ALWAYS AS ((doc ->> 'change_id')::uuid) STORED,
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_position ON {table} (tenant_id, position) WHERE kind IS NOT NULL

-- make_engagement_index() --
CREATE INDEX IF NOT EXISTS {name}_engagement ON {table} (tenant_id, engagement_id, position) WHERE kind IS NOT NULL

-- make_change_index() --
CREATE INDEX IF NOT EXISTS {name}_change ON {table} (tenant_id, change_id) WHERE change_id IS NOT NULL

-- plan_anew() --
-- Which plan is best depends on the filters that are given: the one that is kept for all of them reads every line.
SET LOCAL plan_cache_mode = force_custom_plan

-- lines(tenant_id, program_ids, engagement_id, plan_id, coach_id, actor, initiator, reason_code, kind, flag, since, until, zone, now,
         patience, after, at_most) --
-- Each filter that is null lets everything through. A change waits until a line with its id accepts it for good or declines it.
-- `after` is a line that these programs and this engagement hold, too: where another one stands is nobody's business.
SELECT key, position, doc, flags
  FROM (
    SELECT l.key, l.position, l.doc,
           ARRAY(SELECT jsonb_array_elements_text(l.doc -> 'flags'))
           || CASE WHEN (l.doc -> 'said' ->> 'due_on')::date - 1 <= ((l.doc ->> 'occurred_at')::timestamptz AT TIME ZONE $13)::date
                THEN ARRAY['moved_at_due'] ELSE '{}' END
           || CASE
                WHEN l.kind IN ('change_accepted', 'change_declined')
                 AND (l.doc ->> 'occurred_at')::timestamptz - (l.doc ->> 'waiting_since')::timestamptz > make_interval(days => $15)
                THEN ARRAY['waited_long']
                WHEN l.kind = 'change_proposed'
                 AND $14::timestamptz - (l.doc ->> 'occurred_at')::timestamptz > make_interval(days => $15)
                 AND NOT EXISTS (
                   SELECT FROM {table} d
                    WHERE d.tenant_id = $1
                      AND d.change_id = l.change_id
                      AND (d.kind = 'change_declined' OR (d.kind = 'change_accepted' AND d.doc -> 'said' ->> 'to' IS NOT NULL)))
                THEN ARRAY['waited_long']
                ELSE '{}'
              END AS flags
      FROM {table} l
     WHERE l.tenant_id = $1
       AND l.kind IS NOT NULL
       AND ($2::uuid[] IS NULL OR l.program_id = ANY ($2))
       AND ($3::uuid IS NULL OR l.engagement_id = $3)
       AND ($4::uuid IS NULL OR l.plan_id = $4)
       AND ($5::uuid IS NULL OR (l.doc ->> 'coach_id')::uuid = $5)
       AND ($6::uuid IS NULL OR (l.doc ->> 'actor')::uuid = $6)
       AND ($7::text IS NULL OR l.doc ->> 'initiator' = $7)
       AND ($8::text IS NULL OR l.doc ->> 'reason_code' = $8)
       AND ($9::text IS NULL OR l.kind = $9)
       AND ($11::timestamptz IS NULL OR (l.doc ->> 'occurred_at')::timestamptz >= $11)
       AND ($12::timestamptz IS NULL OR (l.doc ->> 'occurred_at')::timestamptz < $12)
       AND ($16::uuid IS NULL OR l.position < (
             SELECT a.position
               FROM {table} a
              WHERE a.tenant_id = $1
                AND a.key = $16
                AND a.kind IS NOT NULL
                AND ($2::uuid[] IS NULL OR a.program_id = ANY ($2))
                AND ($3::uuid IS NULL OR a.engagement_id = $3)))
  ) AS found
 WHERE $10::text IS NULL OR $10 = ANY (flags)
 ORDER BY position DESC
 LIMIT $17
