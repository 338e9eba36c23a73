import Columns
import Markdown
import SourceText

/// The text of a post on its way into a file: Liquid tags and shortcodes that have a twin here become that, the rest stays and
/// is listed.
struct PostText {
  /// What the text asks of its surroundings.
  struct Surroundings {
    /// Whose tags it may have.
    var generator: PostSite.Generator
    /// The file below `content/` of the post of this name or path; `nil` for none.
    var post: (String) -> String?
    /// What a local address becomes; `nil` where it leads nowhere here.
    var address: (_ address: String) -> String?
    /// The path of an absolute address of the old site's; `nil` for any other.
    var ownPath: (_ address: String) -> String?
    /// The path of the old site's root on its host, without a slash at the end.
    var basePath: String
  }

  private(set) var text = ""
  private(set) var notes = ConversionNotes()
  /// Addresses that lead nowhere here.
  private(set) var lost: [String] = []
  private let surroundings: Surroundings

  init(_ body: String, title: String, _ surroundings: Surroundings) {
    self.surroundings = surroundings
    var lines = withoutMarks(expanded(cleaned(body), title: title))
    while lines.first?.allSatisfy(\.isWhitespace) ?? false { lines.removeFirst() }
    while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
    text = lines.isEmpty ? "" : withAddresses(lines.joined(separator: "\n") + "\n")
  }

  /// The lines of `text` that aren't marks for a generator alone, where they are no code, without those within them.
  private mutating func withoutMarks(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var marks = KramdownMarks()
    var fence: Substring?
    var result: [Substring] = []
    var index = 0
    while index < lines.count {
      defer { index += 1 }
      let start = lines[index].drop { $0 == " " }
      let mark = start.prefix { $0 == "`" || $0 == "~" }
      if let open = fence {
        let isEnd = mark.count >= open.count && mark.first == open.first
        if isEnd, start.dropFirst(mark.count).allSatisfy(\.isWhitespace) { fence = nil }
        result.append(lines[index])
        continue
      }
      if mark.count >= 3, mark.allSatisfy({ $0 == mark.first }), !start.dropFirst(mark.count).contains("`") {
        fence = mark
        result.append(lines[index])
        continue
      }
      if surroundings.generator != .hugo {
        let end = marks.cutComments(from: index, in: &lines)
        if end > index {
          index = end - 1
          continue
        }
      }
      let trimmed = trimmed(String(lines[index]))
      if trimmed.hasPrefix("{:"), trimmed.hasSuffix("}") {
        notes.lose("kramdown's \(trimmed.prefix(40))")
        // Its table of contents stands in the place of a list.
        if trimmed.hasPrefix("{:toc"), result.last.map(KramdownMarks.isItem) ?? false { result.removeLast() }
        continue
      }
      guard !["<!--more-->", "<!-- more -->", "<!--  more  -->"].contains(trimmed.lowercased()) else {
        continue
      }
      result.append(surroundings.generator == .hugo ? lines[index] : marks.withoutAttributes(lines[index]))
    }
    notes.add(marks.notes)
    return result
  }

  // MARK: - Tags

  private mutating func expanded(_ text: String, title: String) -> String {
    let all = Bytes(text)
    let bytes = all.bytes
    var result: [UInt8] = []
    var index = 0
    var endless: Set<String> = []
    while index < bytes.count {
      guard bytes[index] == 0x7B, let marks = marks(bytes[index...]),
        let end = all.range(of: marks.end, from: index + marks.start.utf8.count, within: 4096)
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let inside = String(decoding: bytes[(index + marks.start.utf8.count)..<end.lowerBound], as: UTF8.self)
      let tag = PostTag(inside, isOutput: marks.start == "{{")
      index = end.upperBound
      // Where one search found no end, none behind it will.
      if let name = tag.closing(marks.start), !endless.contains(marks.start + name) {
        if let close = Self.close(name, marks, all, from: index) {
          replace(tag, around: all.bytes[index..<close.lowerBound], in: &result)
          index = close.upperBound
          continue
        }
        endless.insert(marks.start + name)
      }
      switch twin(tag, title: title) {
      case .inline(let twin)?: result += twin.utf8
      case .block(let twin)?: Self.append(twin, endingBefore: bytes[index...], to: &result)
      case nil:
        let isExample = inside.hasPrefix("/*") && inside.hasSuffix("*/")
        let written = isExample ? String(inside.dropFirst(2).dropLast(2)) : inside
        if !isExample { notes.lose("\(marks.start) \(tag.label) \(marks.end) left in the text") }
        result += (marks.start + written + marks.end).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What stands between two tags, instead of it and them.
  private mutating func replace(
    _ tag: PostTag, around inside: ArraySlice<UInt8>, in result: inout [UInt8]
  ) {
    switch tag.name {
    case "comment": notes.lose("a comment that nobody saw")
    case "raw": result += inside
    default:
      result += "\n```\(tag.first ?? "")\n".utf8 + inside.drop { $0 == 0x0A }
      if result.last != 0x0A { result.append(0x0A) }
      result += "```\n".utf8
    }
  }

  /// Appends a block, with the line ends around it that aren't there.
  private static func append(
    _ block: String, endingBefore rest: ArraySlice<UInt8>, to result: inout [UInt8]
  ) {
    let before = result.reversed().prefix { $0 == 0x0A }.count
    if !result.isEmpty { result += repeatElement(0x0A, count: max(0, 2 - before)) }
    result += block.utf8
    result += repeatElement(0x0A, count: max(0, 2 - rest.prefix { $0 == 0x0A }.count))
  }

  /// What the tag that `rest` may begin with starts and ends with. Hugo writes out `{{ … }}` in layouts alone.
  private func marks(_ rest: ArraySlice<UInt8>) -> (start: String, end: String)? {
    let shortcodes = [("{{<", ">}}"), ("{{%", "%}}")]
    let liquid = [("{{", "}}"), ("{%", "%}")]
    let all =
      switch surroundings.generator {
      case .hugo: shortcodes
      case .jekyll: liquid
      case .other: shortcodes + liquid
      }
    return all.first { rest.starts(with: $0.0.utf8) }
  }

  /// Where the tag is that ends the one of this name.
  private static func close(
    _ name: String, _ marks: (start: String, end: String), _ all: Bytes, from start: Int
  ) -> Range<Int>? {
    var index = start
    while let found = all.range(of: marks.start, from: index) {
      guard let end = all.range(of: marks.end, from: found.upperBound, within: 100) else {
        index = found.upperBound
        continue
      }
      let text = String(decoding: all.bytes[found.upperBound..<end.lowerBound], as: UTF8.self)
      if trimmed(text.replacing("-", with: "")) == name { return found.lowerBound..<end.upperBound }
      index = end.upperBound
    }
    return nil
  }

  /// What stands for a tag here.
  private enum Twin {
    case inline(String)
    /// A paragraph of its own.
    case block(String)
  }

  private mutating func twin(_ tag: PostTag, title: String) -> Twin? {
    switch tag.name {
    case "site.baseurl": return .inline(surroundings.basePath)
    case "site.url", "site.github.url", "endraw": return .inline("")
    case "page.title": return .inline(EscapedText().escaped(title))
    case "post_url", "link", "ref", "relref":
      guard let name = tag.first else { return nil }
      if let path = surroundings.post(name) { return .inline("/" + path) }
      return tag.name == "link" ? .inline("/" + name.drop { $0 == "/" }) : nil
    case "youtube", "vimeo": return video(tag.first ?? tag["id"], of: tag.name)
    case "include":
      let name = stem(String(tag.first?.split(separator: "/").last ?? "")).lowercased()
      return video(tag["id"] ?? tag["url"], of: name)
    case "gist", "tweet", "x", "instagram": return page(of: tag)
    case "figure":
      guard let source = tag["src"] else { return nil }
      let image = Inline.Image(
        address: source, words: tag["alt"] ?? "",
        title: [tag["title"], tag["caption"], tag["attr"]].compactMap { $0 }.reduce("") { words, next in
          words.isEmpty ? next : words + (words.last?.isPunctuation ?? false ? " " : ". ") + next
        })
      let line: [Inline] = tag["link"].map { [.styled(.link($0), [.image(image)])] } ?? [.image(image)]
      return .block(LineWriter.markdown(line, as: .paragraph, allowsHTML: true))
    default:
      // `{{ "/a" | relative_url }}`
      guard tag.isOutput, tag.isQuoted, ["relative_url", "absolute_url", "prepend:"].contains(tag.filter)
      else { return nil }
      let path = tag.name.dropFirst().dropLast()
      return .inline((path.hasPrefix("/") ? surroundings.basePath : "") + path)
    }
  }

  private func video(_ id: String?, of host: String) -> Twin? {
    let pages = ["youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"]
    guard let id, let page = pages[host] else { return nil }
    return Embed(url: id.contains("/") ? id : page + id).map { .block($0.url) }
  }

  /// A link to what was shown in a frame.
  private mutating func page(of tag: PostTag) -> Twin? {
    let names = [tag["user"], tag["id"]].compactMap { $0 } + tag.values
    let path = names.prefix(2).joined(separator: tag.name == "gist" ? "/" : "/status/")
    let host =
      switch tag.name {
      case "gist": "gist.github.com/"
      case "instagram": "www.instagram.com/p/"
      default: names.count > 1 ? "twitter.com/" : "twitter.com/i/status/"
      }
    guard !path.isEmpty, path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>\"\\".utf8.contains($0) })
    else {
      return nil
    }
    notes.lose("a frame of \(tag.name)'s, which is a link now")
    return .block("<https://\(host)\(path)>")
  }

  // MARK: - Addresses

  /// `text` with its local addresses led to where they lead here.
  private mutating func withAddresses(_ text: String) -> String {
    var source = Source(path: "post.md", text: text)
    var diagnostics: [Diagnostic] = []
    var document = parseMarkdown(
      source, in: ByteRange(0, source.bytes.count), options: .writeUp, diagnostics: &diagnostics)
    let dangerous = diagnostics.filter { $0.id == "markdown/unsafe-link" }.compactMap {
      $0.location?.range.indices
    }
    if !dangerous.isEmpty {
      let links = WrittenLinks(source.bytes)
      let cuts = dangerous.compactMap { links.marks(around: $0) }
      for _ in cuts { notes.lose("an address that could run a program, of a link whose words stay") }
      source = Source(path: "post.md", text: links.text(without: cuts.flatMap { $0 }))
      document = parseMarkdown(
        source, in: ByteRange(0, source.bytes.count), options: .writeUp, diagnostics: &diagnostics)
    }
    let written = WrittenLinks(source.bytes)
    let all =
      document.links.filter { !$0.isGenerated }.map { ($0.range.indices, $0.destination, $0.isExternal) }
      + document.images.map { ($0.range.indices, $0.destination, $0.isExternal) }
    let found = all.filter { range, destination, isExternal in
      // An absolute address that stands alone shows itself.
      !isExternal || surroundings.ownPath(destination) != nil && written.kind(of: range) != .bare
    }.map { ($0.0, $0.1) }
    let anchors = Set(document.anchors)
    var result: [UInt8] = []
    var done = 0
    // Links that share a definition have one place.
    for (range, destination) in Self.withAllDefinitions(found, in: source.bytes)
    where range.lowerBound >= done && !destination.isEmpty {
      let isHere =
        destination.hasPrefix("#") && anchors.contains(percentDecoded(String(destination.dropFirst())))
      guard !isHere else { continue }
      let written = String(decoding: source.bytes[range], as: UTF8.self)
      if let path = surroundings.ownPath(destination) {
        // What isn't here is still there.
        guard isAddress(written, destination), let address = surroundings.address(path),
          address.hasPrefix("/"), address != "/"
        else { continue }
        result += source.bytes[done..<range.lowerBound] + Array(address.utf8)
        done = range.upperBound
        continue
      }
      let address = surroundings.address(destination)
      guard let address, isAddress(written, destination) || address == destination else {
        if lost.count < 100, !lost.contains(destination) { lost.append(destination) }
        continue
      }
      guard address != destination else { continue }
      result += source.bytes[done..<range.lowerBound] + Array(address.utf8)
      done = range.upperBound
    }
    return String(decoding: result + source.bytes[done...], as: UTF8.self)
  }

  /// The places of addresses in their order, and those of all definitions of the same: where one address has several, links
  /// by their names are said to be at the first.
  private static func withAllDefinitions(
    _ found: [(range: Range<Int>, destination: String)], in bytes: [UInt8]
  ) -> [(range: Range<Int>, destination: String)] {
    let text = Bytes(bytes: bytes)
    let destinations = Set(found.map(\.destination))
    var result = found
    var index = 0
    while let lead = text.range(of: "]: ", from: index) {
      index = lead.upperBound
      let start = bytes[index...].drop { $0 == 0x20 || $0 == 0x3C }.startIndex
      let range = start..<bytes[start...].prefix { $0 > 0x20 && $0 != 0x3E }.endIndex
      let destination = String(decoding: bytes[range], as: UTF8.self)
      if destinations.contains(destination) { result.append((range, destination)) }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether `written` is the address itself, and not the lines in which it can't be found.
  private func isAddress(_ written: String, _ destination: String) -> Bool {
    written == destination || written.replacing("&amp;", with: "&").replacing("\\", with: "") == destination
  }
}
