"""The needs assessment: what an instrument asks, what was answered, and the needs that were found."""
