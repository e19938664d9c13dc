"""Prints what docutils reads in reStructuredText files, as JSON: headings, paragraphs and tables in order.

Usage: python3 outline.py file.rst ...   The output maps each path to a list of blocks, see bench/docutils/outline.ts.
"""

import io
import json
import sys

try:
    import docutils
    from docutils import core, nodes
except ImportError:
    sys.stderr.write("docutils is not installed\n")
    sys.exit(3)

SETTINGS = {
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "docinfo_xform": False,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "halt_level": 6,
    "report_level": 2,
    "line_length_limit": 10_000_000,
    "input_encoding": "utf-8-sig",
}
SKIPPED = (nodes.comment, nodes.target, nodes.substitution_definition, nodes.pending, nodes.decoration)


def fold(text):
    return " ".join(text.split())


def words(node):
    """The text of a node as a reader sees it; what stands in system messages is left out."""
    for extra in list(node.findall(lambda one: isinstance(one, (nodes.system_message, nodes.generated)))):
        extra.parent.remove(extra)
    return fold(node.astext())


def table(node):
    def rows(part):
        return [[words(entry) for entry in row.findall(nodes.entry)] for row in node.findall(nodes.row) if row.parent.__class__ is part]

    spans = any("morecols" in entry or "morerows" in entry for entry in node.findall(nodes.entry))
    block = {"kind": "table", "header": rows(nodes.thead), "rows": rows(nodes.tbody)}
    return {"kind": "spanned"} if spans else block


def walk(node, blocks):
    for child in node.children:
        if isinstance(child, SKIPPED) or isinstance(child, (nodes.label, nodes.image)):
            continue
        if isinstance(child, nodes.topic) and "contents" in child["classes"]:
            continue
        if isinstance(child, nodes.system_message):
            said = fold(child[0].astext()) if child.children else ""
            refused = "no data remaining" in said
            blocks.append({"kind": "refused"} if refused else {"kind": "message", "text": said})
        elif isinstance(child, nodes.title) and isinstance(node, nodes.section):
            blocks.append({"kind": "heading", "text": words(child)})
        elif isinstance(child, nodes.table):
            blocks.append(table(child))
        elif isinstance(child, nodes.field):
            blocks.append({"kind": "paragraph", "text": f"{words(child[0])}: {words(child[1])}".strip()})
        elif isinstance(child, (nodes.literal_block, nodes.doctest_block, nodes.raw)):
            blocks.append({"kind": "literal", "text": words(child)})
        elif isinstance(child, nodes.line_block):
            blocks.append({"kind": "paragraph", "text": words(child)})
        elif isinstance(child, nodes.TextElement):
            blocks.append({"kind": "paragraph", "text": words(child)})
        else:
            walk(child, blocks)


def outline(path):
    with open(path, "rb") as file:
        source = file.read()
    tree = core.publish_doctree(source, settings_overrides={**SETTINGS, "warning_stream": io.StringIO()})
    blocks = []
    # docutils gathers the messages of its transforms in a section of their own at the end
    for section in list(tree.findall(lambda one: isinstance(one, nodes.section) and "system-messages" in one["classes"])):
        section.parent.remove(section)
    walk(tree, blocks)
    return blocks


print(json.dumps({"version": docutils.__version__, "files": {path: outline(path) for path in sys.argv[1:]}}))
