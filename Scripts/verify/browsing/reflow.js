// How wide the page is, what sticks out of its window, and which words drawn in pictures can't be read.
(width) => {
  const isText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  // What can be scrolled by itself may be wide, and what hides a part may hide a part of a picture.
  const isExcused = (element) => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
      const overflow = getComputedStyle(e).overflowX;
      if (overflow === "auto" || overflow === "scroll" || isHiddenBox(e)) return true;
      if (overflow !== "visible" && !isText(element)) return true;
    }
    return false;
  };
  const outside = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if ((box.right > width + 1 || box.left < -1) && box.width && box.height && shown(element) && !isHiddenBox(element)) {
      // Links that wait above the window for the keyboard stand at no side of it.
      if (box.bottom <= 0 || isExcused(element)) continue;
      outside.push(`${describe(element)} (${Math.round(box.left)} to ${Math.round(box.right)} px)`);
    }
  }
  const SMALLEST = 14; // px; the words of a picture can't be enlarged by themselves
  const illegible = [];
  for (const text of document.body.querySelectorAll("svg text")) {
    if (!shown(text)) continue;
    const said = words(text.textContent);
    const picture = text.ownerSVGElement.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d;
    if (size < SMALLEST) illegible.push(`“${said}” is ${size.toFixed(1)} px small`);
    // Air above and below the letters may be cut off, letters may not.
    else if (box.left < picture.left - 1 || box.right > picture.right + 1 ||
      box.top < picture.top - size / 4 || box.bottom > picture.bottom + size / 4) illegible.push(`“${said}” sticks out of its picture`);
  }
  return { width: document.documentElement.scrollWidth, outside, illegible };
}
