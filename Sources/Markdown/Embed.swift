public import SourceText

/// A video that stands in the text as a click-to-load figure.
public struct Embed: Sendable, Hashable {
  /// Where videos are watched.
  public enum Provider: String, Sendable, Hashable, CaseIterable {
    /// youtube.com, youtu.be.
    case youtube
    /// vimeo.com.
    case vimeo
  }

  /// Where it is watched.
  public var provider: Provider
  /// Its id there.
  public var id: String
  /// The second part of the address of a Vimeo video that is unlisted.
  public var hash: String?
  /// The second at which to begin, if that is not the beginning.
  public var start: Int?
  /// The link in the source.
  public var range: ByteRange

  /// The video that `url` shows, or `nil` if it is no address of a video at YouTube or Vimeo. Ids are checked
  /// by their shape: 11 letters, digits, `_` and `-`, or at least 6 digits.
  public init?(url: String, range: ByteRange = ByteRange(at: 0)) {
    guard let address = VideoAddress(url) else { return nil }
    self.range = range
    switch address.host {
    case "youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com":
      switch address.path.first {
      case "watch" where address.path.count == 1: id = address.query("v") ?? ""
      case "embed", "shorts", "live", "v": id = address.path.count == 2 ? address.path[1] : ""
      default: return nil
      }
      provider = .youtube
    case "youtu.be":
      guard address.path.count == 1 else { return nil }
      provider = .youtube
      id = address.path[0]
    case "vimeo.com", "player.vimeo.com":
      var path = address.path[...]
      if ["video", "channels", "groups", "showcase"].contains(path.first) {
        guard let number = path.firstIndex(where: { $0.utf8.allSatisfy(\.isDigit) }) else { return nil }
        path = path[number...]
      }
      guard let number = path.first, path.count <= 2 else { return nil }
      provider = .vimeo
      id = number
      hash = path.dropFirst().first ?? address.query("h")
      if let hash, !hash.utf8.allSatisfy({ $0.isDigit || (0x61...0x66).contains($0) }) { return nil }
    default: return nil
    }
    switch provider {
    case .youtube:
      guard id.utf8.count == 11,
        id.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F })
      else { return nil }
    case .vimeo:
      guard (6...12).contains(id.utf8.count), id.utf8.allSatisfy(\.isDigit) else { return nil }
    }
    start = (address.query("t") ?? address.query("start")).flatMap(seconds)
  }

  /// The page where it is watched.
  public var url: String {
    switch provider {
    case .youtube: "https://www.youtube.com/watch?v=\(id)" + (start.map { "&t=\($0)s" } ?? "")
    case .vimeo: "https://vimeo.com/\(id)" + (hash.map { "/\($0)" } ?? "") + (start.map { "#t=\($0)s" } ?? "")
    }
  }
}

/// The parts of an address that tell a video.
private struct VideoAddress {
  /// In lower case, without `www.`.
  var host: String
  var path: [String]
  private var queries: [Substring.UTF8View.SubSequence]

  init?(_ url: String) {
    let bytes = url.utf8
    guard bytes.count < 256, let colon = bytes.firstIndex(of: 0x3A) else { return nil }
    let scheme = String(decoding: bytes[..<colon].map(\.lowered), as: UTF8.self)
    let slashes = bytes[colon...].prefix(3)
    guard scheme == "https" || scheme == "http", slashes.elementsEqual("://".utf8) else { return nil }
    var rest = Substring(url).utf8[slashes.endIndex...]
    var fragment: Substring.UTF8View.SubSequence?
    if let mark = rest.firstIndex(of: 0x23) {
      fragment = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
    }
    var query: [Substring.UTF8View.SubSequence] = []
    if let mark = rest.firstIndex(of: 0x3F) {
      query = rest[rest.index(after: mark)...].split(separator: 0x26)
      rest = rest[..<mark]
    }
    // Vimeo and old YouTube addresses have the time behind `#`.
    if let fragment { query.append(fragment) }
    queries = query
    let parts = rest.split(separator: 0x2F).map { String(decoding: $0, as: UTF8.self) }
    guard let name = parts.first else { return nil }
    let lowered = String(decoding: name.utf8.map(\.lowered), as: UTF8.self)
    host = lowered.hasPrefix("www.") ? String(lowered.dropFirst(4)) : lowered
    path = Array(parts.dropFirst())
  }

  /// The value of `name=value`.
  func query(_ name: String) -> String? {
    for query in queries where query.starts(with: "\(name)=".utf8) {
      return String(decoding: query.dropFirst(name.utf8.count + 1), as: UTF8.self)
    }
    return nil
  }
}

/// The seconds of `90`, `90s`, `1m30s`, `1h2m3s`; `nil` for none, and for anything else.
private func seconds(_ text: String) -> Int? {
  var total = 0
  var number: Int?
  for byte in text.utf8 {
    if byte.isDigit {
      number = (number ?? 0) * 10 + Int(byte - 0x30)
      if let number, number > 1_000_000 { return nil }
      continue
    }
    guard let value = number else { return nil }
    switch byte {
    case 0x68: total += value * 3600
    case 0x6D: total += value * 60
    case 0x73: total += value
    default: return nil
    }
    number = nil
  }
  total += number ?? 0
  return total > 0 ? total : nil
}

extension HTMLRenderer {
  /// Begins the figure of a video if `paragraph` is nothing but a link to one; and writes it whole, if that
  /// link is a bare URL, which is then all there is.
  ///
  /// Bare URLs are read from the source, because `_` and `--` in an id may have become something else.
  mutating func appendEmbed(_ paragraph: CMarkNode) -> ParagraphStart {
    guard options.extensions.contains(.embeds), survey.features.contains(.urls),
      paragraph.startLine == paragraph.endLine
    else { return .paragraph }
    if let link = paragraph.onlyChild, link.kind == .link {
      guard let embed = withURL(of: link, { Embed(url: $1.string, range: $0.locate($1)) }) else {
        return .paragraph
      }
      destinationCursor = Int(block.lowerBound)
      openEmbed(embed)
      pendingURL = embed.url
      return .figure
    }
    let start = Int(block.lowerBound) + max(0, paragraph.startColumn - 1)
    var end = Int(block.upperBound)
    while end > start, source[end - 1].isSpace { end -= 1 }
    guard start < end, source[start].lowered == 0x68, !source[start..<end].contains(where: \.isSpace) else {
      return .paragraph
    }
    // What is no UTF-8 is replaced, as libcmark does in all other text.
    let url = String(decoding: source[start..<end], as: UTF8.self)
    guard let embed = Embed(url: url, range: ByteRange(start, end)) else { return .paragraph }
    let shown = Array(url.utf8)[...]
    openEmbed(embed)
    if openAnchor(Array(embed.url.utf8).span, at: embed.range) {
      finishAnchor()
      html.append(shown, escaping: .commonMark)
      html.append(static: "</a>")
    }
    html.append(static: "</figure>\n")
    plain.append(shown)
    return .whole
  }

  private mutating func openEmbed(_ embed: Embed) {
    html.append(static: "<figure class=\"embed\" data-provider=\"")
    html.append(embed.provider.rawValue)
    html.append(static: "\" data-id=\"")
    html.append(embed.id)
    if let hash = embed.hash {
      html.append(static: "\" data-hash=\"")
      html.append(hash)
    }
    if let start = embed.start {
      html.append(static: "\" data-start=\"")
      html.append(start)
    }
    html.append(static: "\">")
    document.embeds.append(embed)
  }
}

/// What became of a paragraph that may be a video.
enum ParagraphStart {
  /// Nothing: it is a paragraph.
  case paragraph
  /// A figure was begun, and what is in the paragraph goes into it.
  case figure
  /// All of it was written.
  case whole
}
