"""Give the page of a form the colours that its owner chose, readable on each other."""

from contacts.models import WebForm

# Above this luminance black is read better than white (WCAG 2, contrast of both is the same there).
BRIGHT = 0.179


def style_of(form: WebForm) -> str:
    """Return the style sheet of a form's own colours."""
    rules = []
    if form.background_color:
        scheme = "light" if _luminance(form.background_color) > BRIGHT else "dark"
        rules += [f"color-scheme: {scheme}", f"--paper: {form.background_color}"]
    if form.accent_color:
        ink = "#000000" if _luminance(form.accent_color) > BRIGHT else "#ffffff"
        rules += [
            f"--accent: {form.accent_color}",
            f"--accent-deep: {form.accent_color}",
            f"--on-accent: {ink}",
        ]
    return f":root {{ {'; '.join(rules)} }}\n"


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
