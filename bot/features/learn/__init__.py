"""`/learn`: paths of entries to read one after another, with what somebody has read of them."""
