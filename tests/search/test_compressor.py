"""What a build before has compressed is taken from it, and is what compressing gives."""

from generator.search import compressor as module
from generator.search.compressor import Compressor, Shelf
from generator.search.facets import compress_facet
from generator.search.packing import compress

FILES = [(b"a" * 900, b"bcd" * 300), (b"e",), (b"a" * 900, b"bcd" * 300), (b"a" * 901, b"cd" + b"bcd" * 299)]


def test_files_come_out_as_compressed_one_by_one(tmp_path):
    """
    Kept or not, the first time or the second, with either method, a file has the bytes that the method gives.
    """
    for kept in (None, Shelf(None), Shelf(tmp_path / "a.sqlite"), Shelf(tmp_path / "a.sqlite")):
        compressor = Compressor(kept)
        for method in (compress, compress_facet, compress):
            assert list(compressor.compress_files(FILES, method)) == [method(columns) for columns in FILES]
        compressor.save()


def test_only_what_is_new_is_compressed(tmp_path):
    """
    After a build that had them, files of the same columns are not compressed again, and what was not asked for is gone.
    """
    done = []

    def method(columns):
        done.append(columns)
        return compress(columns)

    for files in (FILES[:2], FILES[1:], FILES[1:3]):
        compressor = Compressor(Shelf(tmp_path / "a.sqlite"))
        list(compressor.compress_files(files, method))
        compressor.save()

    assert sorted(done) == sorted([FILES[0], FILES[1], FILES[3]])
    assert len(Shelf(tmp_path / "a.sqlite")) == 2


def test_another_version_compresses_anew(tmp_path, monkeypatch):
    """
    Another zlib may give other bytes: nothing of one is taken for the other's, and no program has another's files.
    """
    shelf = Shelf(tmp_path / "a.sqlite")
    keys = [Compressor(shelf).key_of(FILES[0], compress)]
    monkeypatch.setattr(module.zlib, "ZLIB_RUNTIME_VERSION", "0")
    keys.append(Compressor(shelf).key_of(FILES[0], compress))
    monkeypatch.setattr(module, "program_digest", lambda: "another")
    keys.append(Compressor(shelf).key_of(FILES[0], compress))

    assert len(set(keys)) == 3


def test_files_are_made_for_new_inputs_alone(tmp_path):
    """
    Files made from the same inputs are not made twice, and come back by name and in order.
    """
    made = []

    def make():
        made.append(1)
        return {"b": b"\n1", "a": b""}

    for inputs in ("one", "one", "two"):
        compressor = Compressor(Shelf(tmp_path / "a.sqlite"))
        assert list(compressor.make_files(inputs, make).items()) == [("b", b"\n1"), ("a", b"")]
        compressor.save()
    assert len(made) == 2
    assert list(Compressor().make_files("one", make)) == ["b", "a"]
