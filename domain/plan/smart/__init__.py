"""`smart-lint`: whether an objective is Specific, Measurable, Achievable, Relevant and Time-bound, by rules alone."""
