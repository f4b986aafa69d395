"""`throughline verify`: everything that the log implies, derived again from its stored bytes and compared with what is kept.

It reads as `throughline_app`, one organization at a time, bound by row security: the rights of the API are enough, since it
writes nothing, and what it compares is exactly what readers are shown. Only which organizations there are is asked as
`throughline_worker`, which sees ids and no content. All of an organization is read at one moment (one REPEATABLE READ
snapshot, shared by all processes), so writers and projectors go on meanwhile.

What it cannot see: an event whose payload and hash were changed together, where no digest binds it, no sealed value broke, and
whoever did it also changed snapshots and read models to match. Nor type, form and times of an event as far as its command allows
for others: when a report of a fact happened, or anything that was imported. No hash covers what stands beside payload and meta:
the leaves of the proofs will. Nothing in the database contradicts that; only a proof that was taken out of the database before
could.
"""
