"""The listing event x refusal x test: what the tests of a run really made happen, beside what the product says can happen.

It is written by the run, not by hand. An event is in it with the test in whose time PostgreSQL recorded it, a refusal with the test
that got it over HTTP, or that saw the rule itself refuse. A run of the whole suite fails where a line has no test.
"""
