"""Other ways to put the same claims on a map, measured in the same run as ours.

They have an environment of their own, `.venv-peers`, made from `requirements.txt` by `make bench`.
"""
