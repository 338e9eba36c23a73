import CivilTime

/// The pattern from which a column's write-ups get their addresses, such as `{column}/{week}/{slug}`.
public struct Permalink: Sendable, Hashable {
  /// A part of the pattern that differs from write-up to write-up.
  public enum Token: String, Sendable, CaseIterable {
    case column, year, month, day, week, slug
  }

  enum Part: Sendable, Hashable {
    case text(String)
    case token(Token)
  }

  /// Why a pattern is refused.
  public enum Problem: Error, Hashable {
    /// A `{name}` that is no token.
    case unknownToken(String)
    /// No `{slug}`, so that all write-ups would get one address.
    case missingSlug
    /// A `{` without `}`, an empty or climbing segment, or a character that a path can't hold.
    case malformed
  }

  private let parts: [Part]

  /// The default of project columns.
  public static let weekly = Permalink(parts: [
    .token(.column), .text("/"), .token(.week), .text("/"), .token(.slug),
  ])

  /// The default of columns without weeks.
  public static let yearly = Permalink(parts: [
    .token(.column), .text("/"), .token(.year), .text("/"), .token(.slug),
  ])

  private init(parts: [Part]) { self.parts = parts }

  /// The pattern that `text` spells; slashes at its ends don't count.
  public init(_ text: String) throws(Problem) {
    var parts: [Part] = []
    var rest = text[...]
    while let first = rest.first, first == "/" { rest.removeFirst() }
    while let last = rest.last, last == "/" { rest.removeLast() }
    let segments = rest.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { throw .malformed }
    while !rest.isEmpty {
      let literal = rest.prefix { $0 != "{" }
      guard literal.utf8.allSatisfy(Permalink.isAllowed) else { throw .malformed }
      if !literal.isEmpty { parts.append(.text(String(literal))) }
      rest = rest.dropFirst(literal.count)
      guard !rest.isEmpty else { break }
      guard let end = rest.firstIndex(of: "}") else { throw .malformed }
      let name = String(rest[rest.index(after: rest.startIndex)..<end])
      guard let token = Token(rawValue: name) else { throw .unknownToken(name) }
      parts.append(.token(token))
      rest = rest[rest.index(after: end)...]
    }
    guard parts.contains(.token(.slug)) else { throw .missingSlug }
    self.init(parts: parts)
  }

  /// The address, without slashes at its ends, of a write-up with these facts.
  public func address(column: String, date: CivilDate, week: ISOWeek, slug: String) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .token(.column): result += column
      case .token(.year): result += twoDigits(date.year)
      case .token(.month): result += twoDigits(date.month)
      case .token(.day): result += twoDigits(date.day)
      case .token(.week): result += week.segment
      case .token(.slug): result += slug
      }
    }
    return result
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
    default: false
    }
  }
}

extension ISOWeek {
  /// The week as a segment of an address: `2026-w47`.
  public var segment: String { "\(year)-w\(twoDigits(number))" }
}

/// `number` with a zero in front when it has one digit.
func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
