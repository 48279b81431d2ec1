"""What all pictures share: their lettering, and how they become files."""
