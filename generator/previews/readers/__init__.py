"""One module a way to read files, each with a function `read`; rows of formats.yaml name them under `preview`."""
