"""`/about`: what the bot is, which data it serves, and what it is not."""
