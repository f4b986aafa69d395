-- When an organization's rows were built anew, and since when a rebuild of all of them is under way: one that was broken off goes
-- on with the others. And how many events a follower has passed by because a newer release wrote them.
ALTER TABLE es.checkpoint ADD COLUMN IF NOT EXISTS rebuilt_at timestamptz;
--;
ALTER TABLE es.checkpoint ADD COLUMN IF NOT EXISTS unknown bigint NOT NULL DEFAULT 0;
--;
ALTER TABLE es.projection ADD COLUMN IF NOT EXISTS rebuild_began_at timestamptz;
