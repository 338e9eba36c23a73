import Columns
import Markdown
import SourceText

/// The text of a post on its way into a file: Liquid tags and shortcodes that have a twin here become that, the rest stays and
/// is listed.
struct PostText {
  /// What the text asks of its surroundings.
  struct Surroundings {
    /// The file below `content/` of the post of this name or path; `nil` for none.
    var post: (String) -> String?
    /// What a local address becomes; `nil` where it leads nowhere here.
    var address: (_ address: String) -> String?
  }

  private(set) var text = ""
  private(set) var notes = ConversionNotes()
  /// Addresses that lead nowhere here.
  private(set) var lost: [String] = []
  private let surroundings: Surroundings

  init(_ body: String, title: String, _ surroundings: Surroundings) {
    self.surroundings = surroundings
    var fence: Substring?
    var lines: [String] = []
    for line in expanded(cleaned(body), title: title).split(separator: "\n", omittingEmptySubsequences: false)
    {
      let start = line.drop { $0 == " " }
      let mark = start.prefix { $0 == "`" || $0 == "~" }
      if let open = fence {
        if mark.count >= open.count, mark.first == open.first,
          start.dropFirst(mark.count).allSatisfy(\.isWhitespace)
        {
          fence = nil
        }
        lines.append(String(line))
        continue
      }
      if mark.count >= 3, mark.allSatisfy({ $0 == mark.first }) {
        fence = mark
        lines.append(String(line))
        continue
      }
      let trimmed = trimmed(String(line))
      if trimmed.hasPrefix("{:"), trimmed.hasSuffix("}") {
        notes.lose("kramdown's \(trimmed.prefix(40))")
        continue
      }
      if ["<!--more-->", "<!-- more -->", "<!--  more  -->"].contains(trimmed.lowercased()) { continue }
      lines.append(line.hasPrefix("    ") ? String(line) : withAddresses(line))
    }
    while lines.first?.allSatisfy(\.isWhitespace) ?? false { lines.removeFirst() }
    while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
    text = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Tags

  private mutating func expanded(_ text: String, title: String) -> String {
    let all = Bytes(text)
    let bytes = all.bytes
    var result: [UInt8] = []
    var index = 0
    var endless: Set<String> = []
    while index < bytes.count {
      guard bytes[index] == 0x7B, let marks = Self.marks(bytes[index...]),
        let end = all.range(of: marks.end, from: index + marks.start.utf8.count, within: 4096)
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let inside = String(decoding: bytes[(index + marks.start.utf8.count)..<end.lowerBound], as: UTF8.self)
      let tag = PostTag(inside, isOutput: marks.start == "{{")
      let whole = String(decoding: bytes[index..<end.upperBound], as: UTF8.self)
      var behind = end.upperBound
      // Tags around a text.
      if let name = tag.closing(marks.start) {
        // Where one search found no end, none behind it will.
        if !endless.contains(marks.start + name), let close = Self.close(name, marks, all, from: behind) {
          let text = String(decoding: bytes[behind..<close.lowerBound], as: UTF8.self)
          behind = close.upperBound
          switch tag.name {
          case "comment": notes.lose("a comment that nobody saw")
          case "raw": result += text.utf8
          default:
            result += "\n```\(tag.first ?? "")\n\(text.drop { $0 == "\n" })".utf8
            if result.last != 0x0A { result.append(0x0A) }
            result += "```\n".utf8
          }
          index = behind
          continue
        }
        endless.insert(marks.start + name)
      }
      if let twin = twin(tag, title: title) {
        result += twin.utf8
      } else {
        notes.lose(
          "\(whole.split(separator: " ").prefix(3).joined(separator: " ").prefix(60)) left in the text")
        result += whole.utf8
      }
      index = behind
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func marks(_ rest: ArraySlice<UInt8>) -> (start: String, end: String)? {
    for (start, end) in [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")]
    where rest.starts(with: start.utf8) {
      return (start, end)
    }
    return nil
  }

  /// Where the tag is that ends the one of this name.
  private static func close(
    _ name: String, _ marks: (start: String, end: String), _ all: Bytes, from start: Int
  ) -> Range<Int>? {
    var index = start
    while let found = all.range(of: marks.start, from: index) {
      guard let end = all.range(of: marks.end, from: found.upperBound),
        end.lowerBound - found.upperBound < 100
      else {
        index = found.upperBound
        continue
      }
      let text = String(decoding: all.bytes[found.upperBound..<end.lowerBound], as: UTF8.self)
      if trimmed(text.replacing("-", with: "")) == name { return found.lowerBound..<end.upperBound }
      index = end.upperBound
    }
    return nil
  }

  private func twin(_ tag: PostTag, title: String) -> String? {
    func video(_ page: String) -> String? {
      let id = tag.first ?? tag["id"] ?? ""
      let address = id.contains("/") ? id : page + id
      return Embed(url: address).map { "\n\n\($0.url)\n\n" }
    }
    switch tag.name {
    case "site.baseurl", "site.url", "site.github.url", "endraw": return ""
    case "page.title": return EscapedText().escaped(title)
    case "post_url", "link", "ref", "relref":
      guard let name = tag.first else { return nil }
      if let path = surroundings.post(name) { return "/" + path }
      return tag.name == "link" ? "/" + name.drop { $0 == "/" } : nil
    case "youtube": return video("https://www.youtube.com/watch?v=")
    case "vimeo": return video("https://vimeo.com/")
    case "include":
      let name = stem(String(tag.first?.split(separator: "/").last ?? "")).lowercased()
      guard ["youtube", "vimeo"].contains(name), let id = tag["id"] ?? tag["url"] else { return nil }
      let page = name == "youtube" ? "https://www.youtube.com/watch?v=" : "https://vimeo.com/"
      return Embed(url: id.contains("/") ? id : page + id).map { "\n\n\($0.url)\n\n" }
    case "figure":
      guard let source = tag["src"] else { return nil }
      let image = Inline.Image(
        address: source, words: tag["alt"] ?? "", title: tag["caption"] ?? tag["title"] ?? "")
      let line: [Inline] = tag["link"].map { [.styled(.link($0), [.image(image)])] } ?? [.image(image)]
      return "\n\n" + LineWriter.markdown(line, as: .paragraph, allowsHTML: true) + "\n\n"
    default:
      // `{{ "/a" | relative_url }}`
      guard tag.isOutput, tag.name.hasPrefix("\"") || tag.name.hasPrefix("'"),
        ["relative_url", "absolute_url", "prepend:"].contains(tag.filter)
      else { return nil }
      return String(tag.name.dropFirst().dropLast())
    }
  }

  // MARK: - Addresses

  /// The line with its local addresses led to where they lead here.
  private mutating func withAddresses(_ line: Substring) -> String {
    let bytes = Array(line.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard let (lead, close) = Self.lead(bytes[index...]) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += bytes[index..<(index + lead)]
      index += lead
      let isBracketed = close == 0x29 && index < bytes.count && bytes[index] == 0x3C
      if isBracketed {
        result.append(0x3C)
        index += 1
      }
      let address = bytes[index...].prefix { byte in
        isBracketed ? byte != 0x3E : byte != close && byte > 0x20
      }
      result += resolved(String(decoding: address, as: UTF8.self)).utf8
      index = address.endIndex
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// How long what stands before an address is, if it begins here, and what ends the address.
  private static func lead(_ rest: ArraySlice<UInt8>) -> (count: Int, close: UInt8)? {
    switch rest.first {
    case 0x5D where rest.starts(with: "](".utf8): (2, 0x29)
    case 0x73 where rest.starts(with: "src=\"".utf8): (5, 0x22)
    case 0x68 where rest.starts(with: "href=\"".utf8): (6, 0x22)
    default: nil
    }
  }

  private mutating func resolved(_ address: String) -> String {
    guard !address.isEmpty, !address.hasPrefix("#"), !address.hasPrefix("{"), !address.hasPrefix("//"),
      !(address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.contains(":"))
    else { return address }
    if let written = surroundings.address(address) { return written }
    if lost.count < 100, !lost.contains(address) { lost.append(address) }
    return address
  }
}

/// What stands in `{% name first key="value" %}`, and in Hugo's shortcodes.
private struct PostTag {
  private(set) var name = ""
  private(set) var first: String?
  private(set) var filter = ""
  let isOutput: Bool
  private var values: [String: String] = [:]

  subscript(key: String) -> String? { values[key].flatMap(\.nonEmpty) }

  init(_ text: String, isOutput: Bool) {
    self.isOutput = isOutput
    var rest = text.drop { $0.isWhitespace || $0 == "-" }
    while let last = rest.last, last.isWhitespace || last == "-" || last == "/" { rest.removeLast() }
    var words: [String] = []
    while !rest.isEmpty {
      var word = ""
      var quote: Character?
      while let character = rest.first, quote != nil || !character.isWhitespace {
        if let open = quote, character == open {
          quote = nil
        } else if quote == nil, "\"'`".contains(character) {
          quote = character
        }
        word.append(character)
        rest.removeFirst()
      }
      words.append(word)
      rest = rest.drop(while: \.isWhitespace)
    }
    name = words.first ?? ""
    if isOutput, let bar = words.firstIndex(of: "|"), bar + 1 < words.count { filter = words[bar + 1] }
    for word in words.dropFirst() {
      if let sign = word.firstIndex(of: "="), word.first != "\"", word.first != "'" {
        values[word[..<sign].lowercased()] = Self.bare(String(word[word.index(after: sign)...]))
      } else if first == nil {
        first = Self.bare(word)
      }
    }
  }

  /// The name of the tag that ends what this one begins; `nil` for one that stands alone.
  func closing(_ mark: String) -> String? {
    switch (mark, name) {
    case ("{%", "highlight"), ("{%", "raw"), ("{%", "comment"): "end" + name
    case ("{{<", "highlight"), ("{{%", "highlight"): "/highlight"
    default: nil
    }
  }

  private static func bare(_ text: String) -> String {
    guard text.count > 1, let first = text.first, "\"'`".contains(first), text.last == first else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
