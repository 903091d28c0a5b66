"""Previews of the files beside the metadata: what is in them, told before they are downloaded."""
