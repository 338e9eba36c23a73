/// What one worker keeps from page to page: partials that do not depend on the page, rendered once for each
/// depth of folders, and storage that is used again.
///
/// Use one for each thread, and only with renderers of one ``TemplateSet`` that are bound to one model.
public struct PartialCache: Sendable {
  private struct Copy: Sendable {
    var links: LinkStyle
    var bytes: [UInt8]
  }

  private var copies: [[Copy]] = []
  var slots: [Value] = []

  /// An empty cache.
  public init() {}

  /// The bytes of a partial for pages whose links are written in the style of `links`.
  func bytes(of partial: Int, links: LinkStyle) -> [UInt8]? {
    guard partial < copies.count else { return nil }
    for copy in copies[partial] where copy.links == links { return copy.bytes }
    return nil
  }

  mutating func keep(_ bytes: [UInt8], of partial: Int, links: LinkStyle) {
    while copies.count <= partial { copies.append([]) }
    copies[partial].append(Copy(links: links, bytes: bytes))
  }
}
