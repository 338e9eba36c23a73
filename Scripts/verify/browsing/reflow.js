// How wide the page is, and what sticks out of its window.
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
  return { width: document.documentElement.scrollWidth, outside };
}
