import Columns
import Markdown
import SourceText
import YAML

/// A link to a place on a page that is named by its address: whether the place is there, only the page itself can tell.
struct AnchorLink: Sendable {
  /// The file of the page below `output/`.
  let file: String
  /// The place.
  let anchor: String
  /// Where the link is written.
  let place: Location
}

extension PreparedSite {
  /// The links to places of other pages by their addresses, in every body that is published and in the menu.
  func anchorLinks() -> [AnchorLink] {
    let files = Set(model.plan.pages.map(\.file))
    let own = OwnAddress(model.archive.site.url)
    func target(_ written: String, from path: ContentPath, page: String, at range: ByteRange)
      -> AnchorLink?
    {
      let destination = own?.destination(in: written) ?? written
      guard let mark = destination.firstIndex(of: "#"), mark != destination.startIndex else { return nil }
      let anchor = percentDecoded(destination[mark...].dropFirst())
      let reference = percentDecoded(destination[..<mark].prefix { $0 != "?" })
      guard !anchor.isEmpty, anchor != "top", !reference.isEmpty, !reference.hasSuffix(".md") else {
        return nil
      }
      let onPage = reference.hasPrefix("/") ? nil : ContentPath(percentDecoded(page)).resolve(reference)
      for candidate in [path.resolve(reference)?.text, onPage?.text].compactMap(\.self) {
        let index = candidate.isEmpty ? "index.html" : candidate + "/index.html"
        for file in [candidate, index] where files.contains(file) {
          return AnchorLink(
            file: file, anchor: anchor, place: Location(path: path.sourcePath, range: range))
        }
      }
      return nil
    }
    var links = model.archive.site.menu.compactMap {
      target($0.link.value, from: ContentPath("site.yaml"), page: "", at: $0.link.range)
    }
    let form = model.archive.site.links
    func add(_ body: MarkdownDocument?, _ path: ContentPath?, on folder: String) {
      func isOwn(_ link: LinkReference) -> Bool {
        !link.isGenerated && (!link.isExternal || own?.destination(in: link.destination) != nil)
      }
      guard let body, let path, body.links.contains(where: isOwn) else { return }
      let page = Address(folder).link(form)
      links += body.links.filter(isOwn).compactMap {
        target($0.destination, from: path, page: page, at: $0.range)
      }
    }
    let archive = model.archive
    for writeUp in archive.writeUps { add(writeUp.source.body, writeUp.source.path, on: writeUp.address) }
    for page in archive.freePages { add(page.source.body, page.source.path, on: page.address) }
    for column in archive.columns { add(column.source.body, column.source.path, on: column.address) }
    for person in archive.people { add(person.source?.body, person.source?.path, on: person.address) }
    for week in archive.weeks { add(week.source?.body, week.source?.path, on: week.address) }
    for month in archive.months { add(month.source?.body, month.source?.path, on: month.address) }
    for year in archive.years { add(year.source?.body, year.source?.path, on: year.address) }
    return links
  }

  /// The places of the text that the page of `subject` shows, and of the comments on it; not those that the theme has for
  /// itself.
  func anchors(of subject: Subject) -> [String] {
    let archive = model.archive
    switch subject {
    case .writeUp(let id):
      return archive.writeUps[id].source.body.anchors
        + archive.writeUps[id].comments.comments.map(\.source.anchor)
    case .freePage(let id): return archive.freePages[id].source.body.anchors
    case .column(let id, 1): return archive.columns[id].source.body.anchors
    case .person(let id): return archive.people[id].source?.body.anchors ?? []
    case .week(let id): return archive.weeks[id].source?.body.anchors ?? []
    case .month(let id): return archive.months[id].source?.body.anchors ?? []
    case .year(let id): return archive.years[id].source?.body.anchors ?? []
    default: return []
    }
  }
}

/// The values of every `id` and of every `name` in a page, as they are written.
///
/// - Complexity: O(*n*) in the number of bytes.
func ids(in page: [UInt8]) -> Set<String> {
  var result: Set<String> = []
  var index = 0
  func hasName(_ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    guard index > count, page[index - count - 1] == 0x20 || page[index - count - 1] == 0x0A else {
      return false
    }
    return String(decoding: page[(index - count)..<index], as: UTF8.self) == "\(name)"
  }
  /// Whether the attribute that ends at `index` is one of an `<a>`: the names of others are no places.
  func isOfAnchor() -> Bool {
    page[max(0, index - 1000)..<index].lastIndex(of: 0x3C).map {
      page[$0...].prefix(3).elementsEqual("<a ".utf8)
    } ?? false
  }
  while let sign = page[index...].firstIndex(of: 0x3D) {
    index = sign
    if hasName("id") || hasName("name") && isOfAnchor() {
      let quote = index + 1 < page.count ? page[index + 1] : 0
      let isQuoted = quote == 0x22 || quote == 0x27
      let value = page[(index + (isQuoted ? 2 : 1))...].prefix {
        isQuoted ? $0 != quote : $0 > 0x20 && $0 != 0x3E
      }
      let text = String(decoding: value, as: UTF8.self)
      result.insert(
        text.replacing("&#39;", with: "'").replacing("&#34;", with: "\"").replacing("&amp;", with: "&"))
    }
    index += 1
  }
  return result
}
