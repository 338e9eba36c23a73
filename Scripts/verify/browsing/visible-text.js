// The texts of the page, each with whether it is seen; the links that are; and what is seen that needs a script. With
// all that opens without a script opened.
() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const control = "button, form, dialog, select, option, [popover], [role=button], [role=search], [role=dialog]";
  const text = texts(document.body).map((node) => ({
    text: words(node.data),
    isShown: shown(node.parentElement),
    isControl: Boolean(node.parentElement.closest(control)),
    element: describe(node.parentElement),
  }));
  const links = [...document.querySelectorAll("a[href]")].filter(shown).map((link) => link.href);

  // Buttons that work by themselves: those that send a form, or open what HTML itself opens.
  const works = (element) => {
    if (element.matches("[popovertarget], [commandfor], summary, details *[type=button][popovertarget]")) return true;
    const form = element.form ?? element.closest("form");
    return Boolean(form) && !needsScript(form);
  };
  const needsScript = (form) => {
    if (form.method === "dialog") return false;
    const action = form.getAttribute("action");
    // A static site cannot answer a form: what is sent to it, only a script can read.
    return !action || new URL(form.action).origin === location.origin;
  };
  const idle = [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, [role=button], [onclick]")]
    .filter((element) => shown(element) && !works(element)).map(describe);
  return { text, links, idle };
}
