"""The JSON API that answers by address alone."""
