import Columns
import SourceText
import Templates

/// Turns planned pages into HTML; what every page of one build shares.
struct PageRendering: Sendable {
  private let model: SiteModel
  private let templates: TemplateSet

  /// What one task uses for page after page.
  struct State {
    fileprivate let renderer: Renderer
    var buffer = ByteBuffer(capacity: 1 << 16)
    fileprivate var partials = PartialCache()
  }

  init(_ model: SiteModel, theme: Theme) {
    self.model = model
    templates = theme.templates
  }

  /// The state for one task: with a renderer of its own, as two that count references to the same things wait for each
  /// other.
  func state() -> State {
    State(
      renderer: templates.renderer(bound: templateContract.bind(model), base: model.archive.site.url))
  }

  /// Renders page `index` into the state's buffer, which is emptied first; what stopped it from being
  /// rendered to the end, if anything did. Links have the form `links`, or by default the one that they have on that page.
  func render(_ index: Int, _ state: inout State, links: LinkStyle? = nil) -> Diagnostic? {
    let page = model.plan.pages[index]
    state.buffer.removeAll()
    return state.renderer.render(
      page.subject.kind,
      values: [object(ContractType.page, index)] + model.values(ofPage: index),
      links: links ?? model.linkStyle(ofPage: index),
      path: page.link, into: &state.buffer, partials: &state.partials)
  }
}

extension Subject {
  /// The kind of its pages, by which templates know them.
  var kind: PageKindID { PageKindID(template.rawValue) }
}

extension SiteModel {
  /// How links are written on page `index`.
  func linkStyle(ofPage index: Int) -> LinkStyle {
    let page = plan.pages[index]
    // A host shows 404.html at whatever depth the missing page would have had.
    if page.subject == .notFound, let url = archive.site.url { return .absolute(base: url) }
    return .relative(prefix: String(repeating: "../", count: page.depth), page: page.link)
  }
}
