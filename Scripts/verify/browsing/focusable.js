// Prepares a walk through the page with the Tab key: opens all that opens, and notes what has to be reached, in the
// order of the document, with the look of each while it has not the focus. Returns their descriptions.
() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const selector =
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], " +
    "video[controls], [contenteditable]:not([contenteditable=false]), [tabindex]";
  const native = new Set(["a", "button", "input", "select", "textarea"]);
  const groups = new Set();
  const elements = [...document.querySelectorAll(selector)].filter((element) => {
    // A second way to the same place may be kept from the keyboard, if it is from screen readers too.
    const isReachable = element.tabIndex >= 0 || (native.has(element.localName) && !element.closest("[aria-hidden=true]"));
    if (!isReachable || element.disabled || !shown(element) || !element.getClientRects().length) return false;
    if (element.type !== "radio" || !element.name) return true;
    // Tab reaches a group of radio buttons once; the arrow keys do the rest.
    const isFirst = !groups.has(element.name);
    groups.add(element.name);
    return isFirst;
  });
  const look = (element) => {
    for (const animation of document.getAnimations()) animation.finish?.();
    const properties = ["boxShadow", "backgroundColor",
      "backgroundImage", "color", "textDecorationLine", "textDecorationColor", "textDecorationThickness",
      "borderTopColor", "borderBottomColor", "borderTopWidth", "borderBottomWidth", "transform", "opacity"];
    const one = (e, pseudo) => {
      const style = getComputedStyle(e, pseudo);
      const outline = style.outlineStyle === "none" ? "" : style.outline + style.outlineOffset;
      return properties.map((name) => style[name]).join("|") + outline;
    };
    return [element, element.parentElement, ...element.querySelectorAll("*")].slice(0, 12)
      .map((e) => [one(e), one(e, "::before"), one(e, "::after")].join()).join();
  };
  globalThis.walk = { elements, look, looks: new Map(elements.map((element) => [element, look(element)])) };
  document.activeElement?.blur();
  return elements.map(describe);
}
