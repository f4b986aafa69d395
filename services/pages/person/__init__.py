"""The page of one person: what is known of them, what was done, and forms for what may still be."""
