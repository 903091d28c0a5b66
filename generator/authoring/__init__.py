"""What helps a person write a portal: schemas, the reference, YAML in house style, merging into a folder."""
