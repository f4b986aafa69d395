-- Whose a job is, and its turn. One organization's jobs take turns a second apart, and a job is done in the order of turns: so who
-- sends ten thousand at once has theirs spread over hours to come, and who sends one then is before nearly all of these. A turn
-- is never before the time from which on the job is available.
ALTER TABLE jobs.job ADD COLUMN IF NOT EXISTS whose uuid;                       -- null: the installation's
--;
ALTER TABLE jobs.job ADD COLUMN IF NOT EXISTS turn timestamptz NOT NULL DEFAULT now();
--;
CREATE INDEX IF NOT EXISTS job_turn ON jobs.job (queue, turn, available_at) WHERE state <> 'dead';
--;
-- An organization's last turn. What runs is left out: a new job does not stand behind one that has begun.
CREATE INDEX IF NOT EXISTS job_line ON jobs.job (queue, whose, turn) WHERE state = 'ready';
--;
DROP INDEX IF EXISTS jobs.job_due;
