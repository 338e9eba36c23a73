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
      let place = Location(path: "content/site.yaml", range: entry.link.range)
      let path = ContentPath("site.yaml")
      if ["https://", "http://", "mailto:"].contains(where: { destination.hasPrefix($0) }) {
        let own = resolveInFull(destination, from: path, at: place, diagnostics: &diagnostics)
        result.append(MenuLink(label: entry.label, link: own.map(Link.local) ?? .external(destination)))
        continue
      }
      switch resolve(destination, from: path, page: "", anchors: [], at: place) {
      case .link(let link), .broken(let link): result.append(MenuLink(label: entry.label, link: .local(link)))
      case .heldBack(let held, let link):
        diagnostics.append(.heldBackLink(held, at: place))
        result.append(MenuLink(label: entry.label, link: .local(link)))
      case .unwritten(let problem, let link):
        diagnostics.append(problem)
        result.append(MenuLink(label: entry.label, link: .local(link)))
      case .problem(let problem): diagnostics.append(problem)
      }
    }
    return result
  }
}
