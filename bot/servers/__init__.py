"""What people see in each server, and how moderators change their server's own entries."""
