// What has the focus: its place among the elements that have to be reached (-1 for another), and how it looks. Nothing
// when the focus has left the page.
() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  for (const animation of document.getAnimations()) animation.finish?.();
  const { elements, look, looks } = globalThis.walk;
  const box = element.getBoundingClientRect();
  // A link that is broken over lines has several boxes; its first is looked at.
  const first = element.getClientRects()[0] ?? box;
  const x = first.left + first.width / 2;
  const y = first.top + first.height / 2;
  const inside = box.width > 1 && box.height > 1 && x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight && shown(element);
  const top = inside ? document.elementFromPoint(x, y) : null;
  const isBelow = top && !element.contains(top) && !top.contains(element) && !(top.closest("label")?.contains(element));
  // Elements of the same classes in the same surroundings look the same.
  const kind = [];
  for (let e = element; e && kind.length < 4; e = e.parentElement) kind.push(`${e.localName}.${[...e.classList].join(".")}`);
  return {
    index: elements.indexOf(element),
    element: describe(element),
    kind: kind.join(" < "),
    isInside: inside,
    isScroller: !elements.includes(element),
    hiddenBelow: isBelow ? describe(top) : null,
    hasChanged: looks.has(element) ? looks.get(element) !== look(element) : true,
    box: { x: box.left, y: box.top, width: box.width, height: box.height },
  };
}
