-- lock(name) --
-- Held to the end of the transaction.
SELECT pg_advisory_xact_lock(hashtextextended($1, 0))

-- last_as_long_as_work() --
-- As long as an actor may work: the limit of a session is for transactions that somebody forgot, and the lock would go with it.
SET LOCAL idle_in_transaction_session_timeout = '10min'
