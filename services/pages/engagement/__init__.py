"""The pages of engagements: which there are and what each waits for, and one of them before and beside its plan."""
