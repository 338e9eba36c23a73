// The scripts that stand in the page itself, attributes that are such included; data is none.
() => {
  const inline = [];
  for (const script of document.scripts) {
    const isRun = /^(|module|.*javascript)$/i.test(script.type);
    if (!script.src && isRun) inline.push(script.textContent);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) if (name.startsWith("on")) inline.push(value);
  }
  return inline;
}
