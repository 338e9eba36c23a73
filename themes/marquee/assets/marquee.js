// Nothing here is needed to read. It loads a video when asked, tells closing times in the reader's
// own time zone, copies a link, and lets a frame grow into its page.
(function () {
  "use strict";
  var players = {
    youtube: "https://www.youtube-nocookie.com/embed/ID?autoplay=1",
    vimeo: "https://player.vimeo.com/video/ID?autoplay=1&dnt=1"
  };

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".embed > a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    var figure = link.parentNode;
    var player = players[figure.dataset.provider];
    if (!player || location.protocol === "file:") return;
    event.preventDefault();
    var frame = document.createElement("iframe");
    frame.src = player.replace("ID", encodeURIComponent(figure.dataset.id));
    frame.title = link.textContent.trim();
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    figure.replaceChild(frame, link);
    frame.focus();
  });
})();
