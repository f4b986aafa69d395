"""The program: an offer with rules, a pool of coaches and seats, under which engagements run."""
