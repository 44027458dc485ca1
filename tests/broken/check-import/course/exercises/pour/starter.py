def pour(minutes):
    """Return how strong the tea is."""
    raise NotImplementedError("pour")
