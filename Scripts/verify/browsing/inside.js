// Whether the focus is in the element of that id, or behind it if there is nothing to focus in it.
(id) => {
  const target = document.getElementById(id);
  const focus = document.activeElement;
  if (!focus || focus === document.body) return !globalThis.walk.elements.some((element) => target.contains(element));
  return target.contains(focus) || Boolean(target.compareDocumentPosition(focus) & Node.DOCUMENT_POSITION_FOLLOWING);
}
