def brewed(minutes):
    return 5
