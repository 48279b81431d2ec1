"""`/map`: a picture of the terms around a term, or of a topic, with a menu that opens them."""
