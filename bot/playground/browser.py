"""Opening the page in a browser, where there is one in front of the person who started the bot."""

import sys
import webbrowser
from collections.abc import Mapping

# The variables that say that nobody looks at a screen of this machine.
_ELSEWHERE = ("CI", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
# One of these names the screen, except on macOS and Windows, which always have one.
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def has_screen(variables: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a browser that is opened here would be seen.

    >>> has_screen({"DISPLAY": ":0"}, "linux"), has_screen({}, "linux"), has_screen({}, "darwin")
    (True, False, True)
    >>> has_screen({"DISPLAY": ":10", "SSH_CONNECTION": "10.0.0.1 22"}, "linux")
    False
    """
    if any(variables.get(name) for name in _ELSEWHERE):
        return False
    return platform in {"darwin", "win32"} or any(variables.get(name) for name in _SCREENS)


def open_browser(url: str) -> bool:
    """Open a page in the browser, and return whether there is one."""
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False
