// The texts of the main part, each with its size, and the margins of the sheet that the page asks for, in pixels. From a
// heading or `length` characters on, a text is part of the body, which has to be printed; the rest may be left out.
(length) => {
  const blocks = [];
  const root = document.querySelector("main") ?? document.body;
  for (const node of texts(root)) {
    const element = node.parentElement;
    const text = words(node.data);
    if (!shown(element) || isHiddenBox(element) || element.closest("svg, nav, form, button, [aria-hidden=true]")) continue;
    blocks.push({
      text,
      isBody: text.length >= length || Boolean(element.closest("h1")),
      points: parseFloat(getComputedStyle(element).fontSize) * 0.75,
      element: describe(element),
    });
  }
  const marginOf = (side) => {
    for (const sheet of document.styleSheets) {
      let rules = [];
      try { rules = sheet.cssRules; } catch { continue; }
      const find = (list) => {
        for (const rule of list) {
          if (rule instanceof CSSPageRule && !rule.selectorText && rule.style[side]) return rule.style[side];
          const inner = rule instanceof CSSMediaRule && matchMedia(rule.media.mediaText).matches && find(rule.cssRules);
          if (inner) return inner;
        }
        return null;
      };
      const found = find(rules);
      if (found) return found;
    }
    return null;
  };
  // A ruler tells what a margin in any unit is in pixels.
  const pixels = (length) => {
    if (!length) return null;
    const ruler = document.createElement("div");
    ruler.style.cssText = `position: absolute; visibility: hidden; padding: 0; border: 0; width: ${length}`;
    document.body.append(ruler);
    const width = ruler.getBoundingClientRect().width;
    ruler.remove();
    return width;
  };
  return { blocks, left: pixels(marginOf("marginLeft")), right: pixels(marginOf("marginRight")) };
}
