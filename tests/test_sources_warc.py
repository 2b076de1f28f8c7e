"""WARC and WACZ: files that another program wrote, whole and damaged, and hostile ones."""

from __future__ import annotations

import base64
import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import sources
from retold.errors import RetoldError
from retold.sources import members, unpacking, wacz, warc
from retold.sources.contents import Content, Found, Note
from retold.types import Failure
from tests.site import page

PROSE = (
    "The harbour bridge was closed on Thursday, the port authority said in a statement.",
    "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself.",
)
PAGE = page("Bridge closed", *PROSE)
HTML = "text/html; charset=utf-8"


def record(kind: str, block: bytes, *, number: int = 0, is_packed: bool = True) -> bytes:
    """A record of a WARC file, in a gzip member of its own if it is packed."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://m.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    data = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(data) if is_packed else data


def records(
    *bodies: bytes, is_packed: bool = True, status: str = "200 OK", **headers: str
) -> bytes:
    """A WARC file with a response for each body."""
    told = {"Content-Type": HTML} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = "\r\n".join((f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in told.items())))
    return b"".join(
        record("response", f"{head}\r\n\r\n".encode() + body, number=at, is_packed=is_packed)
        for at, body in enumerate(bodies)
    )


def found(folder: Path, data: bytes, name: str = "a.warc.gz") -> list[Found]:
    path = folder / name
    path.write_bytes(data)
    return list(warc.find(path))


def texts(each: Iterable[Found]) -> list[str]:
    return [one.text for one in each if isinstance(one, Content)]


def failures(each: Iterable[Found]) -> list[str]:
    return [one.message.partition(": ")[2] for one in each if isinstance(one, Failure)]


# --- what is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("is_packed", [True, False])
def test_pages_are_articles_with_their_address(tmp_path: Path, is_packed: bool) -> None:
    """An article of a WARC file knows where it was found and in which file."""
    path = tmp_path / ("a.warc.gz" if is_packed else "a.warc")
    path.write_bytes(records(PAGE.encode(), is_packed=is_packed))
    (article,) = sources.load(tmp_path).articles
    assert (article.url, article.path) == ("https://m.example/0", str(path))
    assert (article.title, article.outlet) == ("Bridge closed", "The Meridian")


def test_a_file_of_another_program_is_read(tmp_path: Path) -> None:
    """What warcio 1.8 wrote: a record on the file, a page, and a visit that found nothing new."""
    contents, note = found(tmp_path, base64.b85decode(OF_WARCIO.replace("\n", "")))
    assert texts([contents]) == [PAGE]
    assert isinstance(note, Note)
    assert note.words.endswith("of its 3 records 1 visits that found nothing new were passed over.")


def test_what_fills_up_a_file_is_passed_over(tmp_path: Path) -> None:
    """Tapes are padded with zeros, also between two records."""
    data = records(PAGE.encode()) + bytes(100_000) + records(PAGE.encode()) + bytes(3)
    assert texts(found(tmp_path, data)) == [PAGE, PAGE]


def test_only_pages_are_taken_and_the_rest_is_counted(tmp_path: Path) -> None:
    """Pictures, redirects and visits that found nothing new are no failures; a note counts them."""
    data = (
        record("warcinfo", b"software: none")
        + record("request", b"GET / HTTP/1.1\r\n\r\n")
        + record("revisit", b"HTTP/1.1 200 OK\r\n\r\n")
        + records(PAGE.encode())
        + records(b"GIF89a", Content_Type="image/gif")
        + records(b"", status="301 Moved")
    )
    *contents, note = found(tmp_path, data)
    assert texts(contents) == [PAGE]
    assert note == Note(
        f"{tmp_path / 'a.warc.gz'}: of its 6 records 1 no pages, 1 redirects or errors, "
        "1 visits that found nothing new were passed over."
    )


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE.encode()), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE.encode()), {"Content_Encoding": "deflate"}),
        (zlib.compress(PAGE.encode())[2:-4], {"Content_Encoding": "deflate"}),
        (chunked(PAGE.encode()), {"Transfer_Encoding": "chunked"}),
        (
            chunked(gzip.compress(PAGE.encode())),
            {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
        ),
        (PAGE.encode(), {"Transfer_Encoding": "chunked", "Content_Encoding": "br"}),
        (PAGE.encode("utf-16"), {"Content_Type": "text/html"}),
        (PAGE.encode("cp1252"), {"Content_Type": "text/html; charset=iso-8859-1"}),
    ],
)
def test_a_page_is_unpacked(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    """As the server packed it, or as a crawler left it with the headers of the packed page."""
    assert texts(found(tmp_path, records(body, **headers))) == [PAGE]


def test_a_page_packed_with_brotli_is_unpacked(tmp_path: Path) -> None:
    """With the extra; a bomb is not unpacked to its end."""
    brotli = pytest.importorskip("brotli", reason="comes with retold[warc]")
    data = records(
        brotli.compress(PAGE.encode()), brotli.compress(b" " * 50_000_000), Content_Encoding="br"
    )
    each = found(tmp_path, data)
    assert texts(each) == [PAGE]
    assert failures(each) == ["https://m.example/1: it is larger than 10 MB."]


def test_without_the_extra_the_reader_is_told_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that installs what is missing."""
    monkeypatch.setitem(__import__("sys").modules, "brotli", None)
    (failure,) = found(tmp_path, records(b"\x0b\x02\x80packed\x03", Content_Encoding="br"))
    assert isinstance(failure, Failure)
    assert failure.hint == "Run pip install 'retold[warc]'."


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """A thousand pages take no more memory than ten: one is held at a time."""

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.warc.gz"
        path.write_bytes(b"".join(records(PAGE.encode() * 20) for _ in range(count)))
        tracemalloc.start()
        assert sum(isinstance(each, Content) for each in warc.find(path)) == count
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(10)  # what is imported and compiled stays
    assert peak(500) < 2 * peak(10)


# --- damaged --------------------------------------------------------------------------------------


def starts(data: bytes) -> list[int]:
    """Where the members of a packed file begin."""
    out, rest = [], data
    while rest:
        out.append(len(data) - len(rest))
        unpacker = zlib.decompressobj(31)
        unpacker.decompress(rest)
        rest = unpacker.unused_data
    return out


BODIES = [page(f"Bridge {n}", *PROSE).encode() for n in range(5)]


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_damaged_record_costs_only_itself(tmp_path: Path, is_packed: bool) -> None:
    """Zeros in the middle of the second of five; the others are read."""
    data = bytearray(records(*BODIES, is_packed=is_packed))
    at = starts(bytes(data))[1] + 60 if is_packed else data.index(b"WARC/", 10)
    data[at : at + 40] = bytes(40)
    each = found(tmp_path, bytes(data))
    assert texts(each) == [body.decode() for n, body in enumerate(BODIES) if n != 1]
    assert len(failures(each)) == 1


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, is_packed: bool) -> None:
    """The last record is a failure, those before it are articles."""
    each = found(tmp_path, records(*BODIES, is_packed=is_packed)[:-60])
    assert texts(each) == [body.decode() for body in BODIES[:-1]]
    (message,) = failures(each)
    assert message in ("it is cut short.", "it claims more bytes than the file has.")


@pytest.mark.parametrize("length", ["7", "99999", "99999999999999", "-1", "x", ""])
def test_a_record_that_lies_about_its_length_costs_only_itself(tmp_path: Path, length: str) -> None:
    """Shorter, longer, longer than the file: the next record is found."""
    first, second = (records(body, is_packed=False) for body in BODIES[:2])
    lying = b"\r\n".join(
        f"Content-Length: {length}".encode() if line.startswith(b"Content-Length") else line
        for line in first.split(b"\r\n")
    )
    each = found(tmp_path, lying + second, "a.warc")
    assert texts(each) == [BODIES[1].decode()]
    assert failures(each)


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    """Every byte may be there and one be another: gzip knows, and the page is not shown."""
    first, second = records(BODIES[0]), records(BODIES[1])
    each = found(tmp_path, first[:-8] + b"\0\0\0\0" + first[-4:] + second)
    assert texts(each) == [BODIES[1].decode()]
    assert len(failures(each)) == 1


def test_a_page_that_was_cut_by_the_crawler_says_so(tmp_path: Path) -> None:
    """What was archived in part is read, with a note."""
    data = records(PAGE.encode(), is_packed=False).replace(
        b"WARC-Type: response", b"WARC-Type: response\r\nWARC-Truncated: length"
    )
    note, content = found(tmp_path, data)
    assert note == Note("https://m.example/0: only its beginning was archived.")
    assert isinstance(content, Content)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 500, b"PK\x03\x04", b"\x1f\x8b\x08", b"hello\n" * 99]
)
def test_what_is_no_warc_file_is_told(tmp_path: Path, data: bytes) -> None:
    """Whatever it is, it gives a reason and no article."""
    (tmp_path / "a.warc").write_bytes(data)
    loaded = sources.load(tmp_path / "a.warc")
    assert loaded.articles == ()
    assert loaded.failures


# --- hostile --------------------------------------------------------------------------------------


def test_a_bomb_in_a_page_is_not_unpacked(tmp_path: Path) -> None:
    """A page that unpacks to 50 MB is a failure; the next is read."""
    bomb = gzip.compress(b" " * 50_000_000)
    data = records(bomb, Content_Encoding="gzip") + records(PAGE.encode())
    each = found(tmp_path, data)
    assert failures(each) == ["https://m.example/0: it is larger than 10 MB."]
    assert texts(each) == [PAGE]


def test_a_record_without_end_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member of zeros costs its limit and no more; the next is read."""
    monkeypatch.setattr(members, "MAX_RECORD_BYTES", 20_000_000)
    head = b"WARC/1.0\r\nContent-Length: 30000000\r\n\r\n"
    for start in (head, b"", b"WARC/1.0\r\nX: "):
        bomb = gzip.compress(start + b"\0" * 30_000_000)
        each = found(tmp_path, bomb + records(PAGE.encode()))
        assert texts(each) == [PAGE]
        assert len(failures(each)) == 1


def test_a_header_without_end_is_not_held(tmp_path: Path) -> None:
    """A line of 30 MB takes the memory of the longest header that is read."""
    (tmp_path / "a.warc.gz").write_bytes(
        gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * 30_000_000) + records(PAGE.encode())
    )
    tracemalloc.start()
    each = list(warc.find(tmp_path / "a.warc.gz"))
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert texts(each) == [PAGE]


def test_many_damaged_records_end_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of lies is given up, so that it cannot keep the reader busy."""
    monkeypatch.setattr(warc, "MAX_DAMAGED", 10)
    each = found(tmp_path, b"WARC/1.0\r\nContent-Length: x\r\n\r\n" * 99, "a.warc")
    assert len(failures(each)) == 11
    assert failures(each)[-1] == "10 records are damaged; the rest was not read."


# --- WACZ -----------------------------------------------------------------------------------------


def zipped(folder: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.wacz"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_the_warc_files_of_a_wacz_file_are_read(tmp_path: Path) -> None:
    """Each in the order of its name; what else lies in the archive is not looked at."""
    path = zipped(
        tmp_path,
        {
            "archive/b.warc": records(BODIES[1], is_packed=False),
            "archive/a.warc.gz": records(BODIES[0]),
            "pages/pages.jsonl": b'{"url": "https://m.example/9"}',
            "datapackage.json": b"{}",
        },
    )
    loaded = sources.load(path)
    assert [a.title for a in loaded.articles] == ["Bridge 0", "Bridge 1"]
    assert {a.path for a in loaded.articles} == {str(path)}


def test_names_lead_nowhere(tmp_path: Path) -> None:
    """Names that climb out of the folder are names: nothing is written anywhere."""
    inner = tmp_path / "x" / "y"
    inner.mkdir(parents=True)
    path = zipped(inner, {"../../evil.warc.gz": records(BODIES[0]), "/evil.warc": b"no"})
    each = list(wacz.find(path))
    assert texts(each) == [BODIES[0].decode()]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.wacz", "x", "y"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """WACZ files hold their WARC files as they are; one that is packed again is refused."""
    path = zipped(tmp_path, {"a.warc": b"\0" * 50_000_000}, method=zipfile.ZIP_DEFLATED)
    (failure,) = wacz.find(path)
    assert isinstance(failure, Failure)
    assert failure.hint == "Unzip it, and give the WARC files."


def test_one_broken_warc_file_does_not_end_the_archive(tmp_path: Path) -> None:
    """Each of its files has failures of its own."""
    path = zipped(tmp_path, {"a.warc.gz": b"no warc", "b.warc.gz": records(BODIES[0])})
    each = list(wacz.find(path))
    assert texts(each) == [BODIES[0].decode()]
    assert len(failures(each)) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"no zip"])
def test_what_is_no_wacz_file_is_told(tmp_path: Path, data: bytes) -> None:
    """No zip, or one without a WARC file in it."""
    (tmp_path / "a.wacz").write_bytes(data)
    (failure,) = sources.load(tmp_path / "a.wacz").failures
    assert failure.message.startswith(f"{tmp_path / 'a.wacz'}: ")
    assert failure.hint


# --- any bytes ------------------------------------------------------------------------------------

WHOLE = {True: records(*BODIES[:3]), False: records(*BODIES[:3], is_packed=False)}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of three records with some of its bytes changed, cut out or put in."""
    data = bytearray(WHOLE[draw(st.booleans())])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 300))] = draw(st.binary(max_size=40))
    return bytes(data)


@settings(max_examples=120, deadline=None)
@given(damaged())
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """Whatever was done to a file, what comes is a page or a failure."""
    assert all(isinstance(each, Content | Failure | Note) for each in _all(data))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_zip_ends_in_a_traceback(data: bytes) -> None:
    """The same for what is in a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.warc.gz", WHOLE[True][:400])
    raw = bytearray(file.getvalue())
    raw[-len(data) - 1 :] = data
    path = Path("a.wacz")
    with suppress(RetoldError):
        assert all(wacz.in_file(io.BytesIO(bytes(raw)), path))


def _all(data: bytes) -> Iterator[Found]:
    try:
        yield from warc.in_file(io.BytesIO(data), name="a", path=Path("a"), size=len(data))
    except RetoldError as error:
        yield Failure(source="a", message=error.message)


def test_parts_of_a_packed_file_are_unpacked_one_after_the_other() -> None:
    """A gzip file may have several members, and zeros behind the last."""
    data = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"
    slices = (data[at : at + 7] for at in range(0, len(data), 7))
    assert b"".join(unpacking.unpacked(slices, "gzip", "a")) == b"one two"


# warcio 1.8.1, BufferWARCWriter
OF_WARCIO = r"""
ABzY8000000s}>m(Q1S+5Jleu{)0ad*F;@4l)_eb%Tj4swb<_47^53%6VXU%zrG5Vz71zCXP8?Z@?=LG*Fx1Y;qrSB
%>IIrOV#QP=7Q_7!RM6Ock`&&Jj;eP`x*is#n|OgV;|xeM_~xqC!X61LA;>m_nY7(d!gWSF@v+Zo$hDbq+k|GUAo7F
U`k8kG7>V+yKaGpUh@x}%1%s%+0zXOd-ab+mYv=cdM>=n%X4ro@?&@i9-
m73mR>3gC0ZGw%=QfoLoYcPsnu@1j$0}EX8Mn1LUrcGY!X?>LX&RI68oz`ugpTfbb03qC;<QfABzY8000000t01|+i
sgc5Qgs~<sGKJHs<IP!AL%&0yUN`hty4OqBRU=6}*df7bU*SgS0P~C+Sj1tE4vw4gdGg{4?z5yQOIltjmkNelwDDg+
2(B6=xE=;to?TG9zC35Y&SCbxkvWgi~*t*~Azg+>zl;CKF?N$ZaDfc}`p>cPCRTe0L?{h|0Lz#Xb~DRnj-
j(*R${sVdQY@4X^Q_jW92WZ1UhIEiif_Skpbhfc61=aQ4mSkWU&<%2AU?cce>@z7n~M$sbLuHsnBWA9=7b?wH{(A`E
IyC`}3^pW(w|5&cC@10v`H}dBD=q{Q&`^{pr+IsPLJ|10OEICuiRJRpURV7V{qMVsciYqwDqtc&d|MvAx+#oxu!Uu1
n(_LOfNwU>jwskrSHs3xwD|}Jf@>E_yS`Z;o&1#h!lLigGtTxN!etQj#APl-Ek}M1qRV9WCL9-
)5T5^e5V7A5Jgo;2Vc!ffpXFY!OB~|#y$O(Ipw(V!Vq(E4sHlT#{{)326G%eAu>O)Cof!U*?A8^NVZNnNGmZxE}9qP
cda~O1}p49$4psoZ}*mTxe54;v|Xa&zib|T;mlA;zeBj-LSEv>jvKx$QRLDd-
~p&3vH1f<fx%}Gx)2+XQ6etZ47Z>%$5T(6VU6#H+lzgncRN(+iP=mSxPDEhD_g1`-BSs$JY4mqz`Cln-of&%qH%DlB
V|K>8=oPW+1Hi!BR^QVf7N&^4@ABzY8000000t1ba*=_<M6o&6je1~}fWPougT@sfxwTr1s>vD&~aU>lF0%+^om#Je
-?;5xu=N$h3`(fUl^f76~_1Zj~(Clb{M-
~psDPPqlkZLQ@aKNLRy)F2DuOw#xiKJ_R;wu6uVI7Lr5)#B{ldRh^X(e&z?kp;71|GdlhCJGOZyd*X*MKjvGdbY1^+
5PwO=H?Zgdj?1B<7^e8Cz8YuU2nV4kwKuQGhoV9M}Uiw9W9RuxS|uSNK>-
D7;EVj*K|wT1X^S2JVt;1J<FL{wLsN{*1~9ikm1-
O4PXAzo?bp;Kz?gZYv1yRn1<m(~rL`HcaRPo3=)y`!Ri)zAxH~)zh-
Ooc0&Zac}upul04|Lz?P?gfV#t=9MmR349&xT;@aTHav*Yg@enDXDBki<xz-nTHjULq5bm#000
"""
