"""`/glossary misses`: what people asked for and did not find."""
