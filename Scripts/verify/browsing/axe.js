// Runs axe-core over the page, with all that can be opened open, and returns what violates a rule.
async (options) => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const animation of document.getAnimations()) animation.finish?.();
  const { violations, incomplete } = await axe.run(document, { resultTypes: ["violations"], preload: false, ...options });
  const figures = (node) => {
    const { fgColor, bgColor, contrastRatio, expectedContrastRatio } = node.any[0]?.data ?? {};
    return contrastRatio ? `${fgColor} on ${bgColor} is ${contrastRatio}:1, not ${expectedContrastRatio}` : "";
  };
  const places = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    help: rule.help,
    element: node.target.flat().join(" "),
    figures: figures(node),
    unsure: node.any[0]?.data?.messageKey ?? "",
  })));
  return { violations: places(violations), unsure: places(incomplete) };
}
