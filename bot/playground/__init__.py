"""The real bot in a Discord that exists on this machine alone, shown in the browser.

simcord simulates Discord and serves a page for it. `front.py` stands in front of that page and adds what it lacks.
"""
