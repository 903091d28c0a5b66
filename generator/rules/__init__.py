"""What must hold: between the files of a catalogue, in texts, of links, of the plan."""
