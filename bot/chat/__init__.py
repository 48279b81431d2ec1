"""Discord itself: what arrives, what is sent, and who may do what. It knows no feature."""
