"""Files as other programs write them, good and bad."""

import io
import json
import zipfile

from exports.document import seal, to_json
from exports.sealing import new_key, public_half, seal_of
from tests.exports import make

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PERSONS = "title,first_name,last_name,email,member_number,structure_level,groups,number,vote_weight,gender,pronoun,username,default_password,is_active,is_physical_person,is_present,locked_out,saml_id,home_committee,external,comment"


def packed(**parts):
    """A ZIP of these parts; `__` in a name is a slash, `_` a dot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return data.getvalue()


def docx(body, **more):
    """A DOCX of paragraphs as they stand in its XML."""
    styles = f'<w:styles {W}><w:style w:styleId="Nagwek1"><w:name w:val="heading 1"/></w:style></w:styles>'
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed(word__document_xml=document, word__styles_xml=styles, **more)


def heading(text):
    return f'<w:p><w:pPr><w:pStyle w:val="Nagwek1"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sealed(document=None):
    """A sealed document and its seal."""
    private = new_key()
    whole = document or make.sample()
    edition = whole.edition
    final = make.replace(
        edition,
        status="final",
        sealed="2026-11-22",
        version="1.0",
        key=public_half(private),
        hash=None,
    )
    done = seal(make.replace(whole, edition=final))
    data = json.dumps(to_json(done), ensure_ascii=False).encode()
    return data, seal_of(done.edition, {"recommendations.json": data}, private)
