"""From `data/geo` to a folium map of the ground, and the look of everything drawn on it."""
