// The texts whose color can hardly be told from the color of their ground. Those in drawings have a ground of their own.
(least) => {
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = painted(getComputedStyle(e).backgroundColor);
      if (color[3] > 0.5) return color.slice(0, 3);
    }
    return painted("Canvas").slice(0, 3);
  };
  const found = [];
  for (const node of texts(document.body)) {
    const element = node.parentElement;
    if (!shown(element) || isHiddenBox(element) || element.closest("svg")) continue;
    const one = luminance(painted(getComputedStyle(element).color).slice(0, 3));
    const other = luminance(ground(element));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < least) found.push(`${describe(element)} “${words(node.data).slice(0, 60)}”, ${ratio.toFixed(2)} to 1`);
  }
  return found;
}
