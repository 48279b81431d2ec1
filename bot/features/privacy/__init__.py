"""`/privacy`: what is stored, for how long, and deleting what is stored about oneself."""
