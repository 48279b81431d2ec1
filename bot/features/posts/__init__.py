"""What the bot posts by itself, and what happens if it may not."""
