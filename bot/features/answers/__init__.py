"""Questions in plain words: `/ask`, mentions, and direct messages."""
