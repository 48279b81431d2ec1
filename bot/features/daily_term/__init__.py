"""The daily term: a card that is posted in a channel at an hour that moderators choose."""
