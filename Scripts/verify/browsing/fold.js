// What is needed before the first window can be painted: the page's HTML up to the last thing in it that is seen
// above the fold, and the URLs of all style sheets that hold the painting up.
() => {
  const seen = (box) =>
    box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
  const range = document.createRange();
  const whole = "svg, img, picture, video, audio, iframe, object, canvas, math";
  const marker = document.createComment("the fold");
  let mark = () => document.body.prepend(marker);
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      range.selectNodeContents(node);
      if (node.data.trim() && [...range.getClientRects()].some(seen)) mark = () => node.after(marker);
    } else if (node.nodeType === Node.ELEMENT_NODE && shown(node)) {
      const isSeen = [...node.getClientRects()].some(seen);
      if (node.matches(whole)) {
        if (isSeen) mark = () => node.after(marker);
        return;
      }
      if (isSeen && !node.matches("input, br, hr, wbr")) mark = () => node.prepend(marker);
      if (isSeen && node.matches("input, hr")) mark = () => node.after(marker);
      node.childNodes.forEach(visit);
    }
  };
  document.body.childNodes.forEach(visit);
  mark();
  const html = document.documentElement.outerHTML.split("<!--the fold-->")[0];
  marker.remove();

  const blocking = new Set();
  const add = (sheet) => {
    if (sheet.disabled || (sheet.media.length && !matchMedia(sheet.media.mediaText).matches)) return;
    if (sheet.href) blocking.add(sheet.href);
    let rules = [];
    try { rules = sheet.cssRules; } catch { /* another host's, as in a page shown at any address */ }
    for (const rule of rules) if (rule instanceof CSSImportRule && rule.styleSheet) add(rule.styleSheet);
  };
  for (const sheet of document.styleSheets) add(sheet);
  for (const entry of performance.getEntriesByType("resource")) {
    if (entry.renderBlockingStatus === "blocking") blocking.add(entry.name);
  }
  return { html: "<!DOCTYPE html>\n" + html, blocking: [...blocking] };
}
