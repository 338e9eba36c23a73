// Runs axe-core over the page, with all that can be opened open, and returns what violates a rule.
async (options) => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const animation of document.getAnimations()) animation.finish?.();
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false, ...options });
  const figures = (node) => {
    const { fgColor, bgColor, contrastRatio, expectedContrastRatio } = node.any[0]?.data ?? {};
    if (!contrastRatio) return "";
    return fgColor ? `${fgColor} on ${bgColor} is ${contrastRatio}:1, not ${expectedContrastRatio}` : `${contrastRatio}:1`;
  };
  return violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    help: rule.help,
    element: node.target.flat().join(" "),
    figures: figures(node),
  })));
}
