import CivilTime
import Markdown
import SourceText
import YAML

/// A film clip at a video host.
public struct Video: Sendable, Hashable {
  /// The hosts whose clips can be embedded.
  public enum Provider: String, Vocabulary {
    case youtube, vimeo

    /// The host's name as it writes it.
    public var label: String { self == .youtube ? "YouTube" : "Vimeo" }
  }

  /// The host.
  public let provider: Provider
  /// The clip's id at the host.
  public let id: String
  /// The clip's title.
  public let title: String?
  /// The length, as `2:31` or ISO 8601 `PT2M31S`.
  public let duration: String?
  /// A picture for the closed player: a file relative to the write-up.
  public let poster: Located<String>?
  /// The day on which it was put up at the host.
  public let uploaded: CivilDate?

  /// The second part of the address of a Vimeo clip that is unlisted.
  public let hash: String?
  /// The second at which to begin, if that is not the beginning.
  public let start: Int?

  /// The clip's page at the host.
  public var url: String {
    switch provider {
    case .youtube: "https://www.youtube.com/watch?v=\(id)" + (start.map { "&t=\($0)s" } ?? "")
    case .vimeo: "https://vimeo.com/\(id)" + (hash.map { "/\($0)" } ?? "") + (start.map { "#t=\($0)s" } ?? "")
    }
  }

  /// The address of the host's player, without cookies until it plays.
  public var embedURL: String {
    switch provider {
    case .youtube: "https://www.youtube-nocookie.com/embed/\(id)" + (start.map { "?start=\($0)" } ?? "")
    case .vimeo:
      "https://player.vimeo.com/video/\(id)?" + (hash.map { "h=\($0)&" } ?? "") + "dnt=1"
        + (start.map { "#t=\($0)s" } ?? "")
    }
  }

  /// The length in seconds; `nil` where none is written, or not as `2:31`, `1:02:31` or `PT2M31S`.
  public var seconds: Int? {
    guard let duration, duration.utf8.count < 12 else { return nil }
    if duration.hasPrefix("PT") {
      var total = 0
      var number: Int?
      for character in duration.dropFirst(2) {
        if let digit = character.wholeNumberValue, character.isASCII {
          number = (number ?? 0) * 10 + digit
        } else if let factor = ["H": 3600, "M": 60, "S": 1][character], let count = number {
          total += count * factor
          number = nil
        } else {
          return nil
        }
      }
      return number == nil && total > 0 ? total : nil
    }
    let parts = duration.split(separator: ":", omittingEmptySubsequences: false).map { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard (2...3).contains(parts.count) else { return nil }
    let total = parts.reduce(0 as Int?) { sum, part in sum.flatMap { sum in part.map { sum * 60 + $0 } } }
    return total == 0 ? nil : total
  }

  /// The clip whose page is `url`, or `nil` when it is no page of a known host.
  public init?(url: String) {
    guard let embed = Embed(url: url) else { return nil }
    switch embed.provider {
    case .youtube: provider = .youtube
    case .vimeo: provider = .vimeo
    }
    id = embed.id
    hash = embed.hash
    start = embed.start
    title = nil
    duration = nil
    poster = nil
    uploaded = nil
  }

  static func isID(_ id: String, of provider: Provider) -> Bool {
    switch provider {
    case .youtube:
      id.utf8.count == 11
        && id.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == 0x2D || byte == 0x5F
        }
    case .vimeo: (6...12).contains(id.utf8.count) && id.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
  }
}

extension Video: Record {
  enum Key {
    static let provider = Field("provider", .oneOf(Provider.self), "The video host.").required
    static let id = Field("id", .line, "The clip's id at the host.").required
    static let title = Field("title", .line, "The clip's title.")
    static let duration = Field("duration", .line, "The length, as 2:31.")
    static let poster = Field("poster", .located(.line), "A picture for the closed player.")
    static let uploaded = Field("uploaded", .date, "The day on which it was put up at the host.")
  }

  /// The keys of a video.
  public static let fields: [AnyField] = [
    Key.provider.erased, Key.id.erased, Key.title.erased, Key.duration.erased, Key.poster.erased,
    Key.uploaded.erased,
  ]

  /// Reads a video; `nil` when its provider or id is missing or the id has not the host's shape.
  public init?(_ reader: inout FieldReader) {
    let provider = reader.required(Key.provider)
    let id = reader.required(Key.id)
    title = reader.optional(Key.title)
    duration = reader.optional(Key.duration)
    poster = reader.optional(Key.poster)
    uploaded = reader.optional(Key.uploaded)
    guard let provider, let id else { return nil }
    guard Video.isID(id, of: provider) else {
      reader.report(.malformedVideoID(provider, at: reader.location(of: "id")))
      return nil
    }
    self.provider = provider
    self.id = id
    hash = nil
    start = nil
  }
}

extension Video {
  /// The page of the clip whose id is `text`, as far as its looks tell.
  fileprivate static func address(ofID text: String) -> String? {
    if isID(text, of: .vimeo) { return "https://vimeo.com/\(text)" }
    // A word of eleven small letters is more likely one.
    let isMixed = text.utf8.contains { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    return isMixed && isID(text, of: .youtube) ? "https://www.youtube.com/watch?v=\(text)" : nil
  }
}

extension Shape where Value == Video {
  /// The URL of a clip's page, or a mapping.
  static var video: Shape<Video> {
    let page = Shape<String>.url(meaning: Video.address(ofID:)).converted(
      to: "the page of a clip at YouTube or Vimeo", example: "https://vimeo.com/123456789",
      Video.init(url:))
    return Shape<Either<Video, Video>>.either(page, .record(Video.self)).map { either in
      switch either {
      case .first(let video), .second(let video): video
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func malformedVideoID(_ provider: Video.Provider, at location: Location) -> Diagnostic {
    .error(
      "write-up/video-id", "this is not an id of \(provider.label)", at: location,
      fix: provider == .youtube
        ? "write the 11 characters behind watch?v= in the address" : "write the number in the address")
  }
}
