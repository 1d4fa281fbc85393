"""Names that tags use within one document: roles, classes and identifiers.

Two papers may mean different things by the same name, so a clashing name is changed in the later
paper, wherever its tags use it.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

STANDARD_ROLES = """
    Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference
    BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD = frozenset(f"/{role}" for role in STANDARD_ROLES.split())


class TagNames:
    """The names in use so far."""

    def __init__(self) -> None:
        self._roles: dict[str, str] = {}
        self._classes: dict[str, Object] = {}
        self._identifiers: dict[bytes, Object] = {}
        self._papers = 0

    def add(self, root: Object) -> None:
        """Take in one paper's names, changing those that clash with an earlier paper's."""
        self._papers += 1
        roles = self._clashing_roles(root)
        classes = self._clashing_classes(root)
        identifiers = _identifiers(root)
        prefix = b""
        if not self._identifiers.keys().isdisjoint(identifiers):
            prefix = b"p%d-" % self._papers
        if roles or classes or prefix:
            for element in elements_under(root):
                _rename(element, roles, classes, prefix)
        self._identifiers.update((prefix + one, at) for one, at in identifiers.items())

    def _fresh(self, name: str, taken: dict) -> str:
        fresh = f"{name}-{self._papers}"
        while fresh in taken:
            fresh += "x"
        return fresh

    def _clashing_roles(self, root: Object) -> dict[str, str]:
        changed: dict[str, str] = {}
        role_map = root.get("/RoleMap")
        if not isinstance(role_map, pikepdf.Dictionary):
            return changed
        for role, meaning in role_map.items():
            if role == str(meaning):
                continue
            known = role if role in STANDARD else self._roles.get(role)
            if known is None or known == str(meaning):
                self._roles[role] = str(meaning)
            else:
                changed[role] = self._fresh(role, self._roles)
                self._roles[changed[role]] = str(meaning)
        for fresh in changed.values():  # a clashing role may stand for another clashing role
            self._roles[fresh] = changed.get(self._roles[fresh], self._roles[fresh])
        return changed

    def _clashing_classes(self, root: Object) -> dict[str, str]:
        changed: dict[str, str] = {}
        class_map = root.get("/ClassMap")
        if not isinstance(class_map, pikepdf.Dictionary):
            return changed
        for name, meaning in class_map.items():
            known = self._classes.get(name)
            if known is None or known.unparse(resolved=True) == meaning.unparse(resolved=True):
                self._classes.setdefault(name, meaning)
            else:
                changed[name] = self._fresh(name, self._classes)
                self._classes[changed[name]] = meaning
        return changed

    def write(self, pdf: Pdf, root: Object) -> None:
        """Give all collected names to the pack's tag tree."""
        if self._roles:
            roles = {role: Name(meaning) for role, meaning in self._roles.items()}
            root["/RoleMap"] = pdf.make_indirect(Dictionary(roles))
        if self._classes:
            root["/ClassMap"] = pdf.make_indirect(Dictionary(self._classes))
        if self._identifiers:
            listed: list[Object] = []
            for one in sorted(self._identifiers):
                listed += [String(one), self._identifiers[one]]
            root["/IDTree"] = pdf.make_indirect(Dictionary(Names=Array(listed)))


def elements_under(root: Object) -> Iterator[Object]:
    """Every structure element beneath `root`, in no special order."""
    waiting = [root.get("/K")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            if one.objgen != (0, 0) and one.objgen in seen:
                continue
            seen.add(one.objgen)
            yield one
            waiting.append(one.get("/K"))


def _identifiers(root: Object) -> dict[bytes, Object]:
    tree = root.get("/IDTree")
    if not isinstance(tree, pikepdf.Dictionary):
        return {}
    names = tree.get("/Names")
    if isinstance(names, Array) and "/Kids" not in tree:
        flat = list(names)
        return {bytes(flat[at]): flat[at + 1] for at in range(0, len(flat) - 1, 2)}
    return {str(name).encode("utf-8"): at for name, at in NameTree(tree).items()}


def _rename(element: Object, roles: dict[str, str], classes: dict[str, str], prefix: bytes) -> None:
    role = str(element["/S"])
    if role in roles:
        element["/S"] = Name(roles[role])
    if classes and "/C" in element:
        element["/C"] = _renamed_classes(element["/C"], classes)
    if prefix:
        if isinstance(element.get("/ID"), pikepdf.String):
            element["/ID"] = String(prefix + bytes(element["/ID"]))
        if "/A" in element:
            _rename_headers(element["/A"], prefix)


def _renamed_classes(value: Object, classes: dict[str, str]) -> Object:
    if isinstance(value, Array):
        return Array([_renamed_classes(one, classes) for one in value])
    return Name(classes[str(value)]) if str(value) in classes else value


def _rename_headers(attributes: Object, prefix: bytes) -> None:
    """A table cell names its header cells by their identifiers."""
    many = attributes if isinstance(attributes, Array) else [attributes]
    for one in many:
        if isinstance(one, pikepdf.Dictionary) and isinstance(one.get("/Headers"), Array):
            one["/Headers"] = Array([String(prefix + bytes(name)) for name in one["/Headers"]])
