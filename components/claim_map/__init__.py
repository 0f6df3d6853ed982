"""The map of the claims, as a component in the page."""
