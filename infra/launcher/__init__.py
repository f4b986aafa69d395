"""The embedded PostgreSQL: finds a server's binaries, makes a data folder, starts the server and ends it with its parent.

Tried on Linux x86-64, as an ordinary user and as root. The steps for other systems are written by the manuals, but nobody
has run them; `untried()` says so.

Any error of this package is an `Unstartable`, whose text ends in what to do.
"""
