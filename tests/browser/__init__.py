"""Real Chromium over the browser UI and the public forms."""
