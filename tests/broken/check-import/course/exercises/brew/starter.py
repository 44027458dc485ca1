def brew(minutes):
    """Return how strong the tea is."""
    raise NotImplementedError("brew")
