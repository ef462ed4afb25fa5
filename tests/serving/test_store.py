"""Compressed copies: made once, checked when read back, and never a reason to fail."""

import errno
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from serving import store as module
from serving.store import BEST, ENCODINGS, Store, cache_folder, compress, decompress

TEXT = b"".join(b"export const answer%d = %d;\n" % (n, n * n) for n in range(400))


@pytest.fixture
def script(tmp_path):
    file = tmp_path / "Chunk.abcdefgh.js"
    file.write_bytes(TEXT)
    return file


@pytest.fixture
def calls(monkeypatch):
    """The levels of all compressions that happened."""
    seen = []

    def counted(data, encoding, level):
        seen.append((encoding, level))
        return compress(data, encoding, level)

    monkeypatch.setattr(module, "compress", counted)
    return seen


def until(condition):
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_quick_copy_first_and_the_best_one_later(tmp_path, script, encoding):
    store = Store(tmp_path / "cache")
    quick = store.pack(script, encoding)
    assert decompress(quick.body, encoding) == TEXT
    assert not quick.final
    assert until(lambda: store.ready(script, encoding).final)
    best = store.ready(script, encoding)
    assert decompress(best.body, encoding) == TEXT
    assert len(best.body) <= len(quick.body)
    assert best.etag == quick.etag
    assert best.etag.startswith('W/"')


def test_the_disk_copy_serves_the_next_process(tmp_path, script, calls):
    Store(tmp_path / "cache").pack(script, "gzip", best=True)
    assert calls == [("gzip", 9)]
    assert Store(tmp_path / "cache").pack(script, "gzip").final
    assert calls == [("gzip", 9)]


@pytest.mark.parametrize("damage", [b"", b"not compressed", compress(b"alert(1)" * 99, "gzip", 9)])
def test_a_damaged_or_foreign_disk_copy_is_not_used(tmp_path, script, damage):
    folder = tmp_path / "cache"
    Store(folder).pack(script, "gzip", best=True)
    (copy,) = folder.iterdir()
    copy.write_bytes(damage)
    assert decompress(Store(folder).pack(script, "gzip", best=True).body, "gzip") == TEXT
    assert decompress(copy.read_bytes(), "gzip") == TEXT  # and was mended


def test_a_changed_file_is_compressed_anew(tmp_path, script):
    store = Store(None)
    store.pack(script, "gzip")
    script.write_bytes(b"// new\n" * 200)
    os.utime(script, ns=(1, 1))
    assert store.ready(script, "gzip") is None
    assert decompress(store.pack(script, "gzip").body, "gzip") == b"// new\n" * 200


def test_a_vanished_file_is_an_os_error(tmp_path, script):
    store = Store(None)
    store.pack(script, "gzip")
    script.unlink()
    assert store.ready(script, "gzip") is None
    with pytest.raises(OSError, match="Chunk"):
        store.pack(script, "gzip")


def test_a_folder_that_cannot_be_written_costs_only_the_disk_copy(tmp_path, script):
    (tmp_path / "taken").write_text("a file where a folder should be")
    store = Store(tmp_path / "taken" / "cache")
    assert store.pack(script, "gzip", best=True).final
    assert store.ready(script, "gzip").final


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_full_or_locked_disk_is_said_once_and_costs_only_the_disk_copy(tmp_path, script, monkeypatch, caplog, code):
    def refuse(*_given):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", refuse)
    store = Store(tmp_path / "cache")
    for encoding in ENCODINGS:
        assert store.pack(script, encoding, best=True).final
    assert len(caplog.records) == 1
    assert list((tmp_path / "cache").iterdir()) == []  # no half file is left


def test_fifty_threads_share_one_store(tmp_path, script):
    store = Store(tmp_path / "cache", memory_bytes=3000)
    files = [script]
    for number in range(6):
        files.append(tmp_path / f"{number}.js")
        files[-1].write_bytes(os.urandom(1500))
    wrong = []

    def work(seed: int) -> None:
        for step in range(20):
            file, encoding = files[(seed + step) % len(files)], ENCODINGS[step % len(ENCODINGS)]
            if decompress(store.pack(file, encoding).body, encoding) != file.read_bytes():
                wrong.append(file)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert store._held == sum(len(packed.body) for packed in store._copies.values())


def test_memory_is_bounded_and_the_oldest_goes_first(tmp_path):
    store = Store(None, memory_bytes=6000)
    files = []
    for number in range(5):
        files.append(tmp_path / f"{number}.js")
        files[-1].write_bytes(os.urandom(2000))
        store.pack(files[-1], "gzip", best=True)
    assert [store.ready(file, "gzip") is not None for file in files] == [False, False, False, True, True]
    assert store._held <= 6000


def test_many_processes_may_write_one_copy(tmp_path, script):
    """Threads stand for processes here: each has its own store and they share the folder only."""
    folder = tmp_path / "cache"
    threads = [threading.Thread(target=Store(folder).pack, args=(script, "gzip", True)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (copy,) = folder.iterdir()  # one copy, and no temporary file left
    assert decompress(copy.read_bytes(), "gzip") == TEXT


def test_the_cache_folder_is_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    folder = cache_folder("name", "1.0")
    assert folder == tmp_path / "own" / "name" / "1.0"
    assert folder.stat().st_mode & 0o077 == 0


def test_without_a_usable_cache_the_temporary_folder_then_memory(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    assert cache_folder("name", "1.0").parent.parent == tmp_path
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path / "file"))
    assert cache_folder("name", "1.0") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes are a matter of POSIX")
def test_a_folder_that_others_can_write_is_not_trusted(tmp_path, monkeypatch):
    """Whoever can write there could change the scripts that learners run."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "name").mkdir()
    (tmp_path / "shared" / "name").chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "shared"))
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path / "file"))
    assert cache_folder("name", "1.0") is None


def test_the_best_levels_are_the_best():
    assert BEST["gzip"] == 9
    assert BEST.get("br", 11) == 11


def test_a_folder_given_up_by_one_thread_while_another_writes_into_it(tmp_path, script):
    """`Store` gives its folder up when it cannot write: a thread that was writing there must not ask it again."""
    other = tmp_path / "other.js"
    other.write_bytes(TEXT * 2)
    finished = []

    class Folder(type(tmp_path)):
        """A folder that is full for a second thread, which comes and goes while the first one writes."""

        def mkdir(self, *args, **kwargs):
            if threading.current_thread() is not threading.main_thread():
                raise OSError("no space left")
            super().mkdir(*args, **kwargs)

        def __fspath__(self):
            if self.name == "cache" and os.path.isdir(str(self)) and not finished:
                finished.append(None)
                with ThreadPoolExecutor(1) as pool:
                    finished[0] = pool.submit(store.pack, other, "gzip", best=True).result()
            return super().__fspath__()

    store = Store(Folder(tmp_path / "cache"))
    assert store.pack(script, "gzip", best=True).final
    assert finished[0].final
    assert store._folder is None, "given up by the second thread"
    assert len(list((tmp_path / "cache").iterdir())) == 1, "and the first one has written all the same"
