"""What `throughline doctor` looks at beyond one statement each: what is between us and the server, and around us."""
