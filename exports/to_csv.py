"""The document as CSV files in a ZIP, described for programs and for people.

The tables stand there twice: spreadsheets of some countries part columns by semicolons. Which
column holds what is in `datapackage.json` (Frictionless Data Package).
"""

import json
from typing import Any

from exports.document import Document
from exports.entities import COLUMNS, NO, YES, tables
from exports.packed import packed
from exports.tables import Table, as_csv
from exports.wording import Wording, tidy

MIMETYPE = "application/zip"
SUFFIX = ".csv.zip"
DELIMITERS = {"comma": ",", "semicolon": ";"}
#: What people call the tables, in the words of the document.
TITLES = {
    "recommendations": "fig_recommendations",
    "addressees": "addressees",
    "steps": "steps",
    "votes": "support",
    "votes_by_sector": "sector",
    "reservations": "reservations",
    "plenary": "plenary",
    "plenary_by_sector": "sector",
    "plenary_reservations": "plenary_reservations",
    "sources": "sources",
}


def render(document: Document) -> bytes:
    """Write every table of the document, with what they hold and where they are from."""
    every = tables(document)
    return packed(
        (
            ("README.txt", _readme(document).encode("utf-8-sig")),
            ("datapackage.json", _described(document, every)),
            *(
                (f"{folder}/{one.name}.csv", as_csv(one, sign))
                for folder, sign in DELIMITERS.items()
                for one in every
            ),
        )
    )


def _described(document: Document, every: list[Table]) -> str:
    forum, edition = document.forum, document.edition
    licence = {"title": forum.licence.name}
    source = {"title": forum.title}
    described = {
        "profile": "tabular-data-package",
        "name": "recommendations",
        "title": forum.title,
        "description": forum.subtitle,
        "version": edition.version,
        "created": f"{edition.sealed or forum.ends}T00:00:00Z",
        **({"homepage": forum.address} if forum.address else {}),
        "licenses": [licence | ({"path": forum.licence.url} if forum.licence.url else {})],
        "sources": [source | ({"path": forum.address} if forum.address else {})],
        "contributors": [{"title": one.name, "role": "publisher"} for one in forum.organisers],
        "resources": [
            _resource(document, one, folder, sign)
            for folder, sign in DELIMITERS.items()
            for one in every
        ],
    }
    if not forum.organisers:
        del described["contributors"]
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(document: Document, table: Table, folder: str, sign: str) -> dict[str, Any]:
    suffix = "" if sign == "," else f"-{folder}"
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-") + suffix,
        "path": f"{folder}/{table.name}.csv",
        "title": Wording(document.lang)(TITLES[table.name]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": sign, "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": _schema(table.name, suffix),
    }


def _schema(name: str, suffix: str) -> dict[str, Any]:
    """Say what is in every column, and to which table it leads."""
    schema: dict[str, Any] = {
        "fields": [_field(column, kind) for column, kind in COLUMNS[name].items()],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    leads = {"recommendation": "recommendations", "vote": "votes"}
    keys = [
        {
            "fields": [column],
            "reference": {"resource": leads[column] + suffix, "fields": ["id"]},
        }
        for column in COLUMNS[name]
        if column in leads
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind}
    if kind == "boolean":
        field |= {"trueValues": [YES], "falseValues": [NO]}
    if name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field


def _readme(document: Document) -> str:
    forum, t = document.forum, Wording(document.lang)
    names = "\r\n".join(f"  {name}.csv  {t(title)}" for name, title in TITLES.items())
    licence = " ".join(filter(None, (tidy(forum.licence.name, t.lang), forum.licence.url)))
    parts = (
        f"{tidy(forum.title, t.lang)}\r\n{tidy(forum.subtitle, t.lang)}",
        t("edition", version=document.edition.version),
        t("data_files"),
        names,
        t("data_delimiters"),
        t("data_formulas"),
        t("data_bounds"),
        t("data_columns"),
        f"{t('licence')}: {licence}",
        f"{t('address')}: {forum.address}" if forum.address else "",
    )
    return "\r\n\r\n".join(filter(None, parts)) + "\r\n"
