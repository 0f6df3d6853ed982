"""The page's parts: each file asks one thing or shows one thing."""
