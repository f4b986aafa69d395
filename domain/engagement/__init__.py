"""The engagement: one client with one lead coach under one agreement, and what the client lets others see of it."""
