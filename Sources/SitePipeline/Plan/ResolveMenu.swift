import Columns
import SourceText
import Templates
import YAML

extension LinkIndex {
  /// The main menu with its links resolved; one that leads nowhere is reported and left out.
  func resolveMenu(_ site: SiteConfiguration, diagnostics: inout [Diagnostic]) -> [MenuLink] {
    var result: [MenuLink] = []
    for entry in site.menu {
      let destination = entry.link.value
      if ["https://", "http://", "mailto:"].contains(where: { destination.hasPrefix($0) }) {
        result.append(MenuLink(label: entry.label, link: .external(destination)))
        continue
      }
      let place = Location(path: "content/site.yaml", range: entry.link.range)
      switch resolve(destination, from: ContentPath("site.yaml"), page: "", anchors: [], at: place) {
      case .link(let link), .broken(let link): result.append(MenuLink(label: entry.label, link: .local(link)))
      case .heldBack(let held, let link):
        diagnostics.append(.heldBackLink(held, at: place))
        result.append(MenuLink(label: entry.label, link: .local(link)))
      case .problem(let problem): diagnostics.append(problem)
      }
    }
    return result
  }
}
