// What the other scripts here share; each is put into one function with it.

// A selector that a reader of the report finds the element by.
const describe = (element) => {
  const one = (e) =>
    e.localName + (e.id ? `#${e.id}` : "") + [...e.classList].slice(0, 3).map((name) => `.${name}`).join("");
  const path = [];
  for (let e = element; e && e.localName !== "body" && path.length < 3; e = e.parentElement) path.unshift(one(e));
  return path.join(" > ") || "body";
};

// A color's parts from 0 to 1, in sRGB; the canvas understands every notation.
const painted = (() => {
  let drawing;
  return (color) => {
    drawing ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
      .getContext("2d", { willReadFrequently: true });
    drawing.clearRect(0, 0, 1, 1);
    drawing.fillStyle = color;
    drawing.fillRect(0, 0, 1, 1);
    return [...drawing.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
})();

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const shown = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false });

// Not cut down to nothing, as text for screen readers alone is.
const isHiddenBox = (element) => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return (
    box.width <= 1 || box.height <= 1 ||
    (style.position === "absolute" && /inset\((50|100)%/.test(style.clipPath)) || /^rect\([01]px/.test(style.clip)
  );
};

const texts = (root) => {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && !node.parentElement.closest("script, style, template, noscript, title, desc")) found.push(node);
  }
  return found;
};

const words = (text) => text.replace(/\s+/g, " ").trim();
