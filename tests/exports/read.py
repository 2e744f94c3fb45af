"""What a reader finds in each file: its words, one after the other, without any markup."""

import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

OPF, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}"
SKIPPED = ("style", "title", "head")


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.inside = [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  (the parser's signature)
        if tag in SKIPPED:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)


def html_words(data):
    """The words of a page."""
    page = _Page()
    page.feed(data.decode())
    page.close()
    return "".join(page.words)


def docx_words(data):
    """The words of a word processor file, footnotes last."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = "".join(
            archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes")
        )
    return unescape(re.sub(r"<[^>]+>", "", xml))


def odt_words(data):
    """The words of an open text file; what only screen readers say of a table is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("content.xml").decode()
    xml = re.sub(r"<table:title>.*?</table:title>", "", xml)
    return unescape(re.sub(r"<[^>]+>", "", xml))


def epub_files(data):
    """The parsed files of a book in their reading order, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = ET.fromstring(archive.read("book/package.opf"))
        hrefs = {one.get("id"): one.get("href") for one in package.iter(f"{OPF}item")}
        order = [hrefs[one.get("idref")] for one in package.iter(f"{OPF}itemref")]
        return {name: ET.fromstring(archive.read(f"book/{name}")) for name in order}


def epub_words(data):
    """The words of a book in their reading order."""
    pages = epub_files(data).values()
    return "".join("".join(page.find(f"{XHTML}body").itertext()) for page in pages)


def markdown_words(data):
    """The words of a Markdown file: what was escaped is itself again."""
    text = re.sub(r"(?<!\\)(\*\*|\*|\[\^\d+\]:?|\^|<br>)", "", data.decode())
    text = re.sub(r"(?m)^(> ?)+", "", text)
    text = re.sub(r"\]\(<[^>]*>\)", "", re.sub(r"(?<!\\)\[", "", text))
    return re.sub(r"\\(.|\n)", r"\1", text)


def pdf_words(data):
    """The words of a PDF in the order in which they were set, running lines included."""
    if not shutil.which("pdftotext"):
        pytest.skip(
            "pdftotext (poppler-utils) is not installed: the words of the PDF were NOT read"
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "document.pdf"
        file.write_bytes(data)
        done = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def office_words(files, suffix):
    """The words of each of some files, as LibreOffice sets them. To start it takes longer than to open a file."""
    if not shutil.which("soffice"):
        pytest.skip(f"LibreOffice (soffice) is not installed: the files {suffix} were NOT opened")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{suffix}" for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=400)
        return [pdf_words(path.with_suffix(".pdf").read_bytes()) for path in paths]


def squash(text):
    """Letters and digits alone: no space, hyphen or case, which line breaks and styles change."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in text if one.isalnum())


def structure(pdf):
    """All elements of the tag tree of a PDF."""
    todo, found = [pdf.Root.StructTreeRoot], []
    while todo:
        node = todo.pop()
        if "/S" in node:
            found.append(node)
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        todo += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    return found


def bookmarks(items):
    """All bookmarks, in order."""
    for item in items:
        yield str(item.title)
        yield from bookmarks(item.children)
