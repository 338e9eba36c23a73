// The id that the focused link leads to, if that is the main part of this page or in it.
() => {
  const link = document.activeElement;
  const address = link?.getAttribute?.("href") ?? "";
  const target = address.startsWith("#") && document.getElementById(decodeURIComponent(address.slice(1)));
  if (!target || !target.closest("main, [role=main]")) return null;
  globalThis.walk.start = link;
  return target.id;
}
