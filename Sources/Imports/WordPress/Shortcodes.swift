import Markdown

/// A file of an export's, by the number of its attachment.
public struct Attachment: Sendable, Hashable {
  /// Its address.
  public var address: String
  /// What it shows, in words.
  public var words: String
  /// Its caption.
  public var caption: String
}

/// Turns WordPress's shortcodes, `[gallery ids="1,2"]` and the like, into the HTML that they stand for.
struct Shortcodes {
  /// The attachments by number.
  let attachment: (Int) -> Attachment?
  /// The numbers of the attachments that belong to the post.
  let own: [Int]
  var notes = ConversionNotes()

  init(own: [Int], attachment: @escaping (Int) -> Attachment?) {
    self.own = own
    self.attachment = attachment
  }

  private static let known: Set<String> = [
    "caption", "wp_caption", "gallery", "embed", "youtube", "vimeo", "audio", "video",
  ]

  /// Those whose text is code: those that say so, and the languages that plugins for code know.
  private static let codes: Set<String> = [
    "code", "sourcecode", "source", "actionscript3", "as3", "bash", "shell", "clojure", "cpp", "csharp",
    "css",
    "delphi", "pascal", "diff", "patch", "erlang", "fsharp", "groovy", "html", "java", "javascript", "js",
    "matlab", "objc", "perl", "php", "plain", "powershell", "python", "ruby", "scala", "sql", "swift", "vb",
    "xhtml", "xml", "xslt", "yaml",
  ]

  /// `text` with the shortcodes that are known as HTML, and those that are not as they are; `[[gallery]]` is a name and no
  /// gallery.
  mutating func expand(_ text: String) -> String { expand(text, depth: 0) }

  /// How deep shortcodes are looked for in shortcodes.
  private static let depthLimit = 4

  private mutating func expand(_ text: String, depth: Int) -> String {
    guard text.utf8.contains(0x5B), depth < Self.depthLimit else { return text }
    let all = Bytes(text)
    let bytes = all.bytes
    var result: [UInt8] = []
    var done = 0
    var index = 0
    var closings: [String: Int] = [:]
    var elements = CodeElements()
    while index < bytes.count {
      guard bytes[index] == 0x5B, let tag = Tag(bytes, at: index) else {
        if bytes[index] == 0x3C { elements.look(at: bytes[index...]) }
        index += 1
        continue
      }
      if index > 0, bytes[index - 1] == 0x5B, tag.end < bytes.count, bytes[tag.end] == 0x5D {
        // One pair of brackets too many says that none is meant.
        result += bytes[done..<(index - 1)] + bytes[index..<tag.end]
        index = tag.end + 1
        done = index
        continue
      }
      if Self.codes.contains(tag.name), !tag.isClosed, !tag.isEnd, closings[tag.name] != .max {
        if let close = all.range(of: "[/\(tag.name)]", from: tag.end) {
          let inside = bytes[tag.end..<close.lowerBound]
          if index > 0, bytes[index - 1] == 0x5B, close.upperBound < bytes.count,
            bytes[close.upperBound] == 0x5D
          {
            // The same, around both tags.
            result +=
              bytes[done..<(index - 1)]
              + escaped(String(decoding: bytes[index..<close.upperBound], as: UTF8.self)).utf8
            index = close.upperBound + 1
          } else if !elements.isInCode {
            result += bytes[done..<index] + Array(code(tag, inside).utf8)
            index = close.upperBound
          } else {
            // In code already, the tags are left out if they are around all of it, and else a part of it.
            let isWhole =
              bytes[..<index].last { $0 > 0x20 } == 0x3E
              && bytes[close.upperBound...].first { $0 > 0x20 } == 0x3C
            let text = isWhole ? inside : bytes[index..<close.upperBound]
            result += bytes[done..<index] + Array(asWritten(text).utf8)
            index = close.upperBound
          }
          done = index
          continue
        }
        closings[tag.name] = .max
      }
      guard Self.known.contains(tag.name) else {
        if tag.looksLikeOne { notes.lose("[\(tag.name)] left in the text") }
        index = tag.end
        continue
      }
      var inside = ""
      var end = tag.end
      if tag.name != "gallery", !tag.isClosed {
        // Where one search found no end, none behind it will.
        let from = closings[tag.name] ?? tag.end
        if from != .max, let close = all.range(of: "[/\(tag.name)]", from: max(from, tag.end)) {
          inside = expand(
            String(decoding: bytes[tag.end..<close.lowerBound], as: UTF8.self), depth: depth + 1)
          end = close.upperBound
        } else {
          closings[tag.name] = .max
        }
      }
      result += bytes[done..<index]
      result += html(tag, inside).utf8
      index = end
      done = end
    }
    return String(decoding: result + bytes[done...], as: UTF8.self)
  }

  private mutating func html(_ tag: Tag, _ inside: String) -> String {
    switch tag.name {
    case "caption", "wp_caption": return caption(tag, inside)
    case "gallery": return gallery(tag)
    case "embed": return paragraph(trimmed(inside).nonEmpty ?? tag["src"] ?? "")
    case "youtube":
      let address = trimmed(inside).nonEmpty ?? tag.first ?? tag["id"] ?? ""
      return paragraph(address.contains("/") ? address : "https://www.youtube.com/watch?v=\(address)")
    case "vimeo":
      let address = trimmed(inside).nonEmpty ?? tag.first ?? tag["id"] ?? ""
      return paragraph(address.contains("/") ? address : "https://vimeo.com/\(address)")
    default:
      let source =
        ["src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav"].lazy.compactMap { tag[$0] }.first
        ?? tag.first
        ?? ""
      guard Embed(url: source) == nil else { return paragraph(source) }
      return "<\(tag.name) controls src=\"\(escaped(source))\"></\(tag.name)>"
    }
  }

  /// The code between two tags, as it was typed: nothing in it is HTML, but where an editor wrote its signs as references.
  private func code(_ tag: Tag, _ inside: ArraySlice<UInt8>) -> String {
    let isName = ["code", "sourcecode", "source", "plain"].contains(tag.name)
    let language = tag["language"] ?? tag["lang"] ?? tag.first ?? (isName ? "" : tag.name)
    return "\n\n<pre class=\"language-\(escaped(language.lowercased()))\">"
      + "\n\(asWritten(inside.drop { $0 == 0x0A || $0 == 0x0D }))</pre>\n\n"
  }

  private func asWritten(_ inside: ArraySlice<UInt8>) -> String {
    let text = String(decoding: inside, as: UTF8.self)
    let hasReferences =
      !inside.contains(0x3C) && ["&lt;", "&gt;", "&amp;", "&quot;"].contains { text.contains($0) }
    return hasReferences ? text.replacing("\"", with: "&quot;") : escaped(text)
  }

  private func paragraph(_ address: String) -> String { "\n\n<p>\(escaped(address))</p>\n\n" }

  /// A picture with its caption, which stands behind it or, in old posts, in an attribute.
  private func caption(_ tag: Tag, _ inside: String) -> String {
    var picture = inside[...]
    var words = tag["caption"].map(escaped) ?? ""
    if words.isEmpty, let end = inside.range(of: "<img", options: true) {
      if let close = endOfTag(inside[end...]) {
        var cut = inside.index(after: close)
        let behind = inside[cut...].drop(while: \.isWhitespace)
        if behind.hasPrefix("</a>") { cut = behind.index(behind.startIndex, offsetBy: 4) }
        picture = inside[..<cut]
        words = String(inside[cut...])
      }
    }
    return "<figure>\(picture)<figcaption>\(trimmed(words))</figcaption></figure>"
  }

  /// Where the `>` of the tag is with which `text` begins; one in a value is none.
  private func endOfTag(_ text: Substring) -> Substring.Index? {
    var quote: UInt8?
    for index in text.utf8.indices {
      switch text.utf8[index] {
      case 0x22, 0x27:
        if quote == nil { quote = text.utf8[index] } else if quote == text.utf8[index] { quote = nil }
      case 0x3E where quote == nil: return index
      default: break
      }
    }
    return text.firstIndex(of: ">")
  }

  private mutating func gallery(_ tag: Tag) -> String {
    let named = tag["ids"] ?? tag["include"]
    let ids = named.map { $0.split(separator: ",").compactMap { Int(trimmed(String($0))) } } ?? own
    var html = ""
    for id in ids.prefix(1000) {
      guard let file = attachment(id) else {
        notes.lose("a picture of a gallery that the export doesn't have")
        continue
      }
      html +=
        "<figure><img src=\"\(escaped(file.address))\" alt=\"\(escaped(file.words))\">"
        + (file.caption.isEmpty ? "" : "<figcaption>\(escaped(file.caption))</figcaption>") + "</figure>"
    }
    if ids.isEmpty { notes.lose("an empty gallery") }
    return html
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

extension StringProtocol {
  /// Where ASCII `word` begins, whatever the case of its letters.
  fileprivate func range(of word: String, options ignoringCase: Bool) -> Index? {
    let word = Array(word.utf8)
    var index = startIndex
    while index < endIndex {
      if utf8[index...].prefix(word.count).lazy.map({ (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        .elementsEqual(word)
      {
        return index
      }
      utf8.formIndex(after: &index)
    }
    return nil
  }
}

/// The elements for code that are open, as far as a text was looked at.
private struct CodeElements {
  private var depth = 0

  var isInCode: Bool { depth > 0 }

  /// Takes note of the tag that `rest` may begin with.
  mutating func look(at rest: ArraySlice<UInt8>) {
    let letters = rest.prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for name in ["pre", "code"] {
      if letters.starts(with: "</\(name)>".utf8) {
        depth = max(0, depth - 1)
      } else if letters.starts(with: "<\(name)>".utf8) || letters.starts(with: "<\(name) ".utf8) {
        depth += 1
      }
    }
  }
}

/// `[name a="b" c]`.
private struct Tag {
  var name: String
  var end: Int
  /// Whether it ends with `/`.
  var isClosed = false
  /// Whether it ends another, as `[/name]` does.
  let isEnd: Bool
  /// Whether it is more than a word in brackets.
  var looksLikeOne: Bool
  /// The first value without a name.
  var first: String?
  private var values: [String: String] = [:]

  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  init?(_ bytes: [UInt8], at start: Int) {
    var index = start + 1
    isEnd = index < bytes.count && bytes[index] == 0x2F
    if isEnd { index += 1 }
    let nameStart = index
    func isName(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    while index < bytes.count, isName(bytes[index]) { index += 1 }
    guard index > nameStart, index - nameStart < 40, index < bytes.count,
      [0x5D, 0x20, 0x2F, 0x3D, 0x3A, 0x0A, 0x09].contains(bytes[index])
    else { return nil }
    name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
    looksLikeOne = isEnd || name.contains("-") || name.contains("_")
    if bytes[index] == 0x3D || bytes[index] == 0x3A { index += 1 }
    // Attributes, up to the bracket; one of a thousand bytes is none.
    let limit = min(bytes.count, start + 4096)
    while index < limit {
      switch bytes[index] {
      case 0x5D:
        end = index + 1
        if isEnd,
          ["caption", "embed", "youtube", "vimeo", "audio", "video", "wp_caption", "gallery"].contains(name)
        {
          return nil
        }
        return
      case 0x5B, 0x3C, 0x3E: return nil
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case 0x2F where index + 1 < limit && bytes[index + 1] == 0x5D:
        isClosed = true
        index += 1
      default:
        let keyStart = index
        while index < limit, isName(bytes[index]) { index += 1 }
        let key = String(decoding: bytes[keyStart..<index], as: UTF8.self).lowercased()
        if index < limit, bytes[index] == 0x3D, index > keyStart {
          index += 1
          looksLikeOne = true
          values[key] = Self.value(bytes, &index, limit)
        } else {
          index = keyStart
          let value = Self.value(bytes, &index, limit)
          if first == nil { first = value }
        }
      }
    }
    return nil
  }

  private static func value(_ bytes: [UInt8], _ index: inout Int, _ limit: Int) -> String {
    if index < limit, bytes[index] == 0x22 || bytes[index] == 0x27,
      let close = bytes[(index + 1)..<limit].firstIndex(of: bytes[index])
    {
      defer { index = close + 1 }
      return String(decoding: bytes[(index + 1)..<close], as: UTF8.self)
    }
    let start = index
    while index < limit, bytes[index] > 0x20, bytes[index] != 0x5D { index += 1 }
    if index == start { index += 1 }
    return String(decoding: bytes[start..<min(index, limit)], as: UTF8.self)
  }
}
