"""Reports: what they tell, and how that becomes a file."""
