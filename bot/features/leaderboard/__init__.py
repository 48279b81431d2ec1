"""`/leaderboard`: who in a server knows most, among the members who chose to be on it."""
