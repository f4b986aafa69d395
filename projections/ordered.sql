-- places(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since, member, after, at_most) --
-- Where what belongs to the engagements of a scope stands, as things were made; each limit that is null lets everything through.
SELECT one.key, one.position, one.engagement_id
  FROM {table} one
  JOIN {engagements} e ON e.tenant_id = one.tenant_id AND e.key = one.engagement_id
 WHERE one.tenant_id = $1
   AND e.tenant_id = $1
   AND ($2::uuid IS NULL OR e.client_id = $2 OR e.doc -> 'state' -> 'members' @> $7::jsonb)
   AND ($3::uuid IS NULL OR e.coach_id = $3)
   AND ($4::uuid IS NULL OR e.sponsor_id = $4)
   AND ($5::uuid[] IS NULL OR e.program_id = ANY ($5))
   AND ($6::date IS NULL OR coalesce((e.doc -> 'state' ->> 'closed_on')::date >= $6, true))
   AND ($8::uuid IS NULL OR one.key > $8)
 ORDER BY one.key
 LIMIT $9
