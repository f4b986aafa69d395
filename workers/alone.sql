-- lock(name) --
-- Held to the end of the transaction, which nothing ends in less time than an actor may work: the limit of a session is for those
-- that somebody forgot, and the lock would go with it while the work went on.
SELECT pg_advisory_xact_lock(hashtextextended($1, 0)), set_config('idle_in_transaction_session_timeout', '10min', true)
