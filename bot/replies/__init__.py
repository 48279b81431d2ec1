"""What people see: cards, their buttons and menus, and the one way a reply leaves."""
