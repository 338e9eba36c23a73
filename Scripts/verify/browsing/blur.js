// Takes the focus from its element without scrolling.
() => {
  globalThis.walk.start = document.activeElement;
  document.activeElement.blur();
}
