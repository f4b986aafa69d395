-- take(holders, most, needed, seconds) --
-- The organization first and the person after it, always, so that nobody waits for each other.
SELECT h.holder, t.quota, t.granted, t.remaining, t.seconds_left
  FROM unnest($1::uuid[], $2::int[], $3::int[]) WITH ORDINALITY h (holder, most, needed, place)
 CROSS JOIN LATERAL directory.take_requests(h.holder, h.most, h.needed, $4) t
 ORDER BY h.place
