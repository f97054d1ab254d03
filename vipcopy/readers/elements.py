"""What HTML and MJML elements are: blocks, empty ones, unseen ones, and the regions that their words make."""

from __future__ import annotations

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details"}
    | {"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "listing"}
    | {"main", "marquee", "menu", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "search", "section"}
    | {"select", "summary", "table", "tbody", "td"}
    | {"textarea", "tfoot", "th", "thead", "title", "tr", "ul"}
)
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"}
    | {"wbr", "mj-image", "mj-spacer", "mj-divider"}
)
UNSEEN = frozenset(
    {"script", "style", "xmp", "iframe", "noembed", "noframes", "template", "svg", "math", "mj-style"}
    | {"mj-attributes", "object", "video", "audio", "canvas"}  # what these hold is for who can't show them
)
GAPS = frozenset(
    {"img", "input", "embed", "svg", "math", "iframe", "object", "video", "audio", "canvas", "meter", "progress"}
)
OPAQUE = frozenset({"code", "kbd", "samp", "var", "tt"})  # no prose, but a word of the sentence
PREFORMATTED = frozenset({"pre", "textarea"})
CLOSED_BY = {  # end tags that need not be written: an <li> ends the one before it
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "tr": frozenset({"td", "th", "tr", "p"}),
    "option": frozenset({"option"}),
}
PARAGRAPH = frozenset({"p"})  # any other block ends one
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title", "mj-title"), "heading"),
    **dict.fromkeys(("li", "dt", "dd", "option"), "list"),
    **dict.fromkeys(("blockquote", "q"), "quote"),
    **dict.fromkeys(("button", "mj-button"), "button"),
    "a": "link",
    "mj-preview": "preheader",
    "footer": "footer",
}
