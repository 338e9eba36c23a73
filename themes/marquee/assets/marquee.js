// Nothing here is needed to read. It plays a video when asked, tells a closing time in the reader's
// own time zone, copies a link, and lets a frame grow into the page behind it.
(() => {
  "use strict";
  const all = (selector, action) => document.querySelectorAll(selector).forEach(action);
  const language = document.documentElement.lang || undefined;

  // A video is a link to its host until somebody asks for the player. From disk, it stays a link.
  const players = {
    youtube: (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&rel=0`,
    vimeo: (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`,
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".embed > a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { provider, id } = link.parentNode.dataset;
    if (!Object.hasOwn(players, provider) || location.protocol === "file:") return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = players[provider](encodeURIComponent(id));
    player.title = link.textContent.trim();
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(player);
    player.focus();
  });

  // "Friday 27 November, 5 PM Eastern", and below it "(Friday, 23:00 where you are)"
  all("time.moment", (time) => {
    const written = /([+-])(\d\d):?(\d\d)$/.exec(time.dateTime);
    const moment = new Date(time.dateTime);
    if (isNaN(moment)) return;
    const there = written ? Number(written[1] + 1) * (written[2] * 60 + Number(written[3])) : 0;
    if (there === -moment.getTimezoneOffset()) return;
    const format = new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit" });
    const here = time.nextElementSibling;
    if (here?.className === "here") here.textContent = `(${time.dataset.local.replace("{when}", format.format(moment))})`;
  });

  // The form asks which comment is answered; whoever followed a link there has said so.
  all("a[data-answers]", (link) => link.addEventListener("click", () => {
    const answers = document.getElementById("m-answers");
    if (answers) answers.value = link.dataset.answers;
  }));

  all("button.copy", (button) => {
    if (!navigator.clipboard) return;
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(button.dataset.url); } catch { return; }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  });

  // The frame that was clicked and the frame of the page it leads to are one.
  const name = (element) => { if (element) element.style.viewTransitionName = "frame"; };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !("onpagereveal" in window)) return;
    all(".frame", (frame) => { frame.style.viewTransitionName = ""; });
    const same = link.querySelector(".frame") ??
      [...document.querySelectorAll("a[href]")].find((a) => a.href === link.href && a.querySelector(".frame"))?.querySelector(".frame");
    const box = same?.getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < innerHeight) name(same);
  });
  addEventListener("pagereveal", (event) => {
    const stage = document.querySelector(".is-write-up .stage > :first-child");
    if (!event.viewTransition || !stage) return;
    name(stage);
    const done = () => { stage.style.viewTransitionName = ""; };
    event.viewTransition.finished.then(done, done);
  });
})();
