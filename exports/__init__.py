"""Pictures, pages and slides of a briefing, drawn on the server without a browser."""
