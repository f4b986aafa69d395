"""The pages of programs: which there are and which need help, and one of them with who is in it."""
