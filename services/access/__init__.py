"""What was shown of people, which only the processes that show it note."""
