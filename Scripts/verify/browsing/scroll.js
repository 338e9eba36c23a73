// Scrolls to the end as a reader does, and returns what moved by itself since the page began, the time of loading
// included: each shift with its score and the elements that were moved.
async () => {
  const shifts = [];
  const take = (entries) => {
    for (const entry of entries) {
      const moved = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
        const element = node && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
        const by = `${Math.round(to.left - from.left)}, ${Math.round(to.top - from.top)} px`;
        return `${element ? describe(element) : "something since removed"} by ${by}`;
      });
      shifts.push({ score: entry.value, moved });
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  await frame();
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
  }
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  // A picture that is loaded late has to fit the room that was kept for it.
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await frame();
  await frame();
  await new Promise((resolve) => setTimeout(resolve));
  take(observer.takeRecords());
  observer.disconnect();
  scrollTo({ top: 0, behavior: "instant" });
  return shifts;
}
