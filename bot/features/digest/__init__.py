"""The weekly digest of what people asked and missed and what there is to do, in a channel that moderators choose."""
