"""Questions in plain words: `/ask`, mentions, direct messages, and the message command *Explain terms*."""
