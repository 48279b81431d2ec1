"""The weekly digest: what was asked and missed, and what is to be done, in a channel that moderators choose."""
