"""What the cache folder keeps is read as it was written, or not at all."""

from generator.source.kept import read_kept, write_kept

VALUE = {"é": [1, None, "\u2028"]}


def test_what_is_kept_is_found_again(tmp_path):
    """
    A value comes back from a folder that did not exist, and nothing comes of a name that was never written.
    """
    write_kept(tmp_path / "new", "a/b.json", VALUE)
    write_kept(None, "a/b.json", VALUE)

    assert read_kept(tmp_path / "new", "a/b.json") == VALUE
    assert read_kept(tmp_path / "new", "b.json") is None
    assert read_kept(None, "a/b.json") is None


def test_any_damage_is_seen(tmp_path):
    """
    With any one of its bytes changed, or any of its ends cut off, a file keeps nothing.
    """
    write_kept(tmp_path, "a.json", VALUE)
    file = tmp_path / "a.json"
    sound = file.read_bytes()
    damaged = [sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :] for place in range(len(sound))]
    for content in (*damaged, *(sound[:end] for end in range(len(sound)))):
        file.write_bytes(content)

        assert read_kept(tmp_path, "a.json") is None


def test_what_has_another_name_is_not_read(tmp_path):
    """
    A file that was renamed keeps nothing.
    """
    write_kept(tmp_path, "a.json", VALUE)
    (tmp_path / "a.json").rename(tmp_path / "b.json")

    assert read_kept(tmp_path, "b.json") is None


def test_what_another_version_kept_is_not_read(tmp_path, monkeypatch):
    """
    A value holds for the program that kept it.
    """
    write_kept(tmp_path, "a.json", VALUE)
    monkeypatch.setattr("generator.source.kept.program_digest", lambda: "another")

    assert read_kept(tmp_path, "a.json") is None


def test_a_folder_that_can_not_be_written_keeps_nothing(tmp_path):
    """
    Where a file is in the folder's place nothing is kept, and nobody is told.
    """
    (tmp_path / "cache").write_text("a file")
    write_kept(tmp_path / "cache", "a.json", VALUE)

    assert read_kept(tmp_path / "cache", "a.json") is None
