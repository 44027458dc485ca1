"""Slowly."""
