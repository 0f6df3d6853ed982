"""How fast the page is, each figure beside a peer measured in the same run."""
