"""A briefing as one HTML file: the page's own browser code without the page's server."""
