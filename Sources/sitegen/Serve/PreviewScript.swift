/// What a preview adds to pages on their way to the browser.
enum PreviewScript {
  /// The element that loads the script, for a page of `version`; `problem` stopped it from being rendered to the end.
  static func element(version: String, unpublished: String?, problem: String?) -> String {
    func attribute(_ name: String, _ value: String?) -> String {
      guard let value else { return "" }
      let escaped = value.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing(
        "<", with: "&lt;")
      return " data-\(name)=\"\(escaped)\""
    }
    return "<script src=\"/\(RequestRules.scriptPath)\" data-sitegen-preview"
      + attribute("version", version) + attribute("unpublished", unpublished) + attribute("problem", problem)
      + "></script>"
  }

  /// The page for a site that has had mistakes from the beginning.
  static func brokenPage(version: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Not to be shown yet</title>
    <style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem }
    :root { color-scheme: light dark }</style>
    <h1>Not to be shown yet</h1>
    <p>The site has mistakes, which sitegen prints where it runs. The page appears here as soon as they are mended.</p>
    \(element(version: version, unpublished: nil, problem: nil))
    </html>

    """
  }

  /// The script: listens for changes, makes the page what it is now, or loads it or its style sheets anew, shows mistakes
  /// over the page, and marks what a build would leave out. What it shows stands in a shadow tree, which the theme's
  /// styles don't reach.
  static let text = #"""
    (() => {
      "use strict";
      const place = "sitegen-preview:" + location.pathname;
      let source = null;

      // The element that loaded this script says what is shown.
      const own = () => document.querySelector("script[data-sitegen-preview]");
      let version = own().dataset.version;

      // After a reload, to where the reader was.
      try {
        const saved = sessionStorage.getItem(place);
        if (saved) {
          sessionStorage.removeItem(place);
          const [x, y] = JSON.parse(saved);
          const restore = () => scrollTo({ left: x, top: y, behavior: "instant" });
          history.scrollRestoration = "manual";
          if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", restore);
          else restore();
          addEventListener("load", () => { restore(); history.scrollRestoration = "auto"; });
        }
      } catch { /* Storage can be switched off. */ }

      function reload() {
        if (source) source.close();
        try { sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY])); } catch { /* Then the browser's way. */ }
        location.reload();
      }

      const isSheet = (node) => node.nodeName === "LINK" && node.relList.contains("stylesheet");
      const sheets = (page) => [...page.querySelectorAll("link")].filter(isSheet).map((link) => link.href).join();

      // Makes a node of the page what it is in the page as it is now, and leaves alone what is the same.
      function become(live, fresh) {
        if (live.isEqualNode(fresh) || live.nodeName === "NOSCRIPT" || isSheet(live) && isSheet(fresh)) return;
        // A link that is one thing after the other, as its attributes change, would be loaded as each of them.
        if (live.nodeName !== fresh.nodeName || live.nodeName === "LINK") return live.replaceWith(document.importNode(fresh, true));
        if (live.nodeType !== Node.ELEMENT_NODE) { live.data = fresh.data; return; }
        for (const { name } of [...live.attributes]) if (!fresh.hasAttribute(name)) live.removeAttribute(name);
        for (const attribute of fresh.attributes) {
          if (live.getAttribute(attribute.name) !== attribute.value) live.setAttributeNode(attribute.cloneNode());
        }
        const old = between([...live.childNodes].filter((node) => node.localName !== "sitegen-preview"));
        const now = between([...fresh.childNodes]);
        if (old.parts.length !== now.parts.length) return children(live, old.nodes, now.nodes, null);
        now.parts.forEach((part, index) => children(live, old.parts[index], part, old.sheets[index] ?? null));
      }

      // Style sheets stay where they are, so that none is loaded twice or missing for a moment: what stands between them is
      // looked at by itself.
      function between(nodes) {
        const parts = [[]], sheets = [];
        for (const node of nodes) if (isSheet(node)) { sheets.push(node); parts.push([]); } else parts.at(-1).push(node);
        return { nodes, parts, sheets };
      }

      // Makes nodes of an element, in front of one of them or at its end, what they are in the page as it is now.
      function children(live, old, now, end) {
        while (old.length && now.length && old[0].isEqualNode(now[0])) { old.shift(); now.shift(); }
        while (old.length && now.length && old.at(-1).isEqualNode(now.at(-1))) { end = old.pop(); now.pop(); }
        now.forEach((node, index) => {
          if (index < old.length) become(old[index], node); else live.insertBefore(document.importNode(node, true), end);
        });
        old.slice(now.length).forEach((node) => node.remove());
      }

      const runs = (script) => !script.matches("[data-sitegen-preview]") && (!script.type || /module|javascript/i.test(script.type));

      // Changes the page in place, which takes a third of the time. What scripts made of it is theirs to make again:
      // where there are any, the page is loaded anew, too, once nothing has changed for a while.
      let renewing = false, later = 0;
      async function renew() {
        if (renewing) return;
        renewing = true;
        clearTimeout(later);
        try {
          const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
          if (!fresh.querySelector("script[data-sitegen-preview]") || sheets(fresh) !== sheets(document)) return reload();
          become(document.documentElement, fresh.documentElement);
        } catch { return reload(); }
        renewing = false;
        if ([...document.scripts].some(runs)) later = setTimeout(reload, 700);
        version = own().dataset.version;
        label();
        hear(last);
      }

      // Puts the new style sheet behind the old one, and takes that away once the new one is there.
      function swap(styles) {
        for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
          const path = decodeURIComponent(new URL(link.href).pathname).slice(1);
          if (!(path in styles)) continue;
          const fresh = link.cloneNode();
          const done = () => link.remove();
          fresh.addEventListener("load", done);
          fresh.addEventListener("error", done);
          fresh.href = new URL("/" + styles[path].split("/").map(encodeURIComponent).join("/"), location.href);
          link.after(fresh);
        }
      }

      const style = `
        :host { all: initial; color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
        .cover { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: rgb(0 0 0 / .55); padding: 4vmin }
        .sheet { box-sizing: border-box; max-width: 60rem; margin: 0 auto; padding: 1.2rem 1.4rem; border-radius: .6rem;
          background: light-dark(#fff, #1c1c1f); color: light-dark(#1a1a1a, #eee); border-top: .35rem solid light-dark(#b3261e, #f2766e);
          overflow-wrap: anywhere }
        h1 { font-size: 1.15rem; margin: 0 3rem .3rem 0 }
        p { margin: 0 }
        .hint { color: light-dark(#555, #aaa) }
        article { margin-top: 1.1rem; padding-top: 1.1rem; border-top: 1px solid light-dark(#ddd, #3a3a3d) }
        .severity { font-weight: 700; color: light-dark(#b3261e, #f2766e) }
        a { color: light-dark(#0b57d0, #8ab4f8) }
        a:focus-visible, button:focus-visible { outline: 3px solid light-dark(#0b57d0, #8ab4f8); outline-offset: 2px }
        code, pre { font: 13px/1.5 ui-monospace, monospace }
        pre { margin: .6rem 0 0; padding: .7rem .8rem; overflow: auto; border-radius: .35rem; background: light-dark(#f3f3f4, #111) ;
          white-space: pre }
        button { float: right; font: inherit; padding: .2rem .7rem; border-radius: .35rem; cursor: pointer;
          border: 1px solid currentColor; background: none; color: inherit }
        .mark { position: fixed; left: 12px; bottom: 12px; z-index: 2147483646; padding: .3rem .8rem; border-radius: 2rem;
          background: #6d4a00; color: #fff; font-weight: 600; box-shadow: 0 1px 6px rgb(0 0 0 / .4) }
        @media print { .cover, .mark { display: none } }`;

      function element(name, text, more) {
        const result = Object.assign(document.createElement(name), more);
        if (text !== undefined) result.textContent = text;
        return result;
      }

      function host(id) {
        let result = document.getElementById(id);
        if (!result) {
          result = element("sitegen-preview", undefined, { id });
          result.attachShadow({ mode: "open" }).append(element("style", style));
          document.documentElement.append(result);
        }
        return result;
      }

      function placeOf(place) {
        if (!place) return "";
        return place.link ? element("a", place.text, { href: place.link }) : element("code", place.text);
      }

      let dismissed = "";
      function show(problems) {
        const id = "sitegen-preview-problems";
        const key = JSON.stringify(problems);
        const open = document.getElementById(id);
        if (!problems.length) { dismissed = ""; if (open) open.remove(); return; }
        if (key === dismissed || (open && open.dataset.key === key)) return;
        if (open) open.remove();
        const root = host(id);
        root.dataset.key = key;
        const cover = element("div", undefined, { className: "cover" });
        const sheet = element("section", undefined, { className: "sheet" });
        sheet.setAttribute("role", "alertdialog");
        sheet.setAttribute("aria-label", "Mistakes");
        const close = element("button", "Close", { type: "button" });
        const hide = () => { dismissed = key; root.remove(); };
        close.addEventListener("click", hide);
        root.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
        sheet.append(close, element("h1", problems.length === 1 ? "One mistake" : `${problems.length} mistakes`),
          element("p", `The page is as it was before. This goes by itself once ${problems.length === 1 ? "it is" : "they are"} mended.`,
            { className: "hint" }));
        for (const problem of problems) {
          const article = element("article");
          const head = element("p");
          head.append(placeOf(problem.place), " ", element("span", problem.severity + ":", { className: "severity" }), " ",
            element("strong", problem.message), " ", element("code", "[" + problem.id + "]"));
          article.append(head);
          if (problem.excerpt) article.append(element("pre", problem.excerpt, { tabIndex: 0 }));
          for (const note of problem.notes) {
            const line = element("p");
            line.append(placeOf(note.place), " note: " + note.message);
            article.append(line);
          }
          sheet.append(article);
        }
        cover.append(sheet);
        root.shadowRoot.append(cover);
        close.focus({ preventScroll: true });
      }

      // What a build would leave out: this page, by a label, and links to others, by an outline.
      function mark(unpublished) {
        const known = Object.keys(unpublished);
        document.querySelectorAll("[data-sitegen-unpublished]").forEach((link) => {
          delete link.dataset.sitegenUnpublished;
          link.style.outline = "";
          link.removeAttribute("title");
        });
        if (!known.length) return;
        const reasons = new Map(known.map((link) => [new URL("/" + link, location.href).pathname, unpublished[link]]));
        for (const link of document.querySelectorAll("a[href]")) {
          if (link.origin !== location.origin || link.pathname === location.pathname) continue;
          const reason = reasons.get(link.pathname);
          if (!reason) continue;
          link.dataset.sitegenUnpublished = reason;
          link.style.outline = "2px dashed #b26a00";
          link.style.outlineOffset = "2px";
          link.title = reason;
        }
      }

      // What stopped this page from being rendered to the end.
      const ownProblem = () => own().dataset.problem ? [JSON.parse(own().dataset.problem)] : [];
      let last;
      function hear(message) {
        last = message;
        if (message.version !== version) {
          if (message.former !== version || !Object.keys(message.styles).length) return renew();
          swap(message.styles);
          version = message.version;
        }
        show([...ownProblem(), ...message.problems]);
        mark(message.unpublished);
      }

      // A browser opens few connections to a host: pages that nobody sees do without.
      function listen() {
        if (document.visibilityState === "hidden") {
          if (source) source.close();
          source = null;
        } else if (!source) {
          source = new EventSource("/.sitegen/events");
          source.onmessage = (event) => hear(JSON.parse(event.data));
        }
      }

      // Says of a page that a build would leave it out.
      function label() {
        document.getElementById("sitegen-preview-mark")?.remove();
        const { unpublished } = own().dataset;
        if (!unpublished) return;
        const words = element("div", unpublished, { className: "mark" });
        words.setAttribute("role", "status");
        host("sitegen-preview-mark").shadowRoot.append(words);
      }

      document.addEventListener("visibilitychange", listen);
      addEventListener("pageshow", (event) => { if (event.persisted) { if (source) source.close(); source = null; listen(); } });
      addEventListener("pagehide", () => { if (source) source.close(); source = null; });
      label();
      show(ownProblem());
      listen();
    })();
    """#
}
