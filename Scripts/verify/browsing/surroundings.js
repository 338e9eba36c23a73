// What styles can tell texts by: the names, classes and own styles of the elements that each stands in.
() => {
  const found = new Set();
  const one = (e) => `${e.localName}.${[...e.classList].join(".")}${e.getAttribute("style") ?? ""}`;
  for (const node of texts(document.body)) {
    const path = [];
    for (let e = node.parentElement; e; e = e.parentElement) path.push(one(e));
    found.add(path.join(" < "));
  }
  return [...found];
}
