// What still moves though the reader asked for little motion: each with how.
() => {
  const places = "top|left|right|bottom|inset.*|width|height|max-.*|margin.*|padding.*|offset.*|grid-.*";
  const moving = new RegExp(`^(all|transform|translate|scale|rotate|${places})$`);
  // Computed times are in seconds.
  const seconds = (list) => Math.max(0, ...list.split(",").map(parseFloat));
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === "none") continue;
      const name = describe(element) + (pseudo ?? "");
      if (style.animationName !== "none" && seconds(style.animationDuration) > 0.01) {
        found.push(`${name}: animation ${style.animationName}`);
      }
      const properties = style.transitionProperty.split(",").map((property) => property.trim());
      if (seconds(style.transitionDuration) > 0.01 && properties.some((property) => moving.test(property))) {
        found.push(`${name}: transition of ${style.transitionProperty}`);
      }
      if (style.scrollBehavior === "smooth") found.push(`${name}: smooth scrolling`);
    }
    if (element.matches("video[autoplay], marquee, blink")) found.push(`${describe(element)}: plays by itself`);
  }
  // The last rule that applies decides.
  let navigation = "none";
  const rules = (list) => {
    for (const rule of list) {
      if (rule instanceof CSSMediaRule && !matchMedia(rule.media.mediaText).matches) continue;
      if (globalThis.CSSViewTransitionRule && rule instanceof CSSViewTransitionRule) navigation = rule.navigation;
      if (rule.cssRules && !(rule instanceof CSSKeyframesRule)) rules(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    try { rules(sheet.cssRules); } catch { /* another host's, as in a page shown at any address */ }
  }
  if (navigation === "auto") found.push("@view-transition: the next page moves in");
  return found;
}
