"""What every page and feed draws on: facts of the catalogue, addresses and links, words, tasks."""
