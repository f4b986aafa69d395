"""Jobs by dramatiq: the broker on our PostgreSQL, its table as the outbox of other brokers, what all of them share."""
