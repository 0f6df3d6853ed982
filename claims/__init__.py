"""What a claim is, and every question one can ask of claims. Knows no screen."""
