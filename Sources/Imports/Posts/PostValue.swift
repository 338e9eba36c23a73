import CivilTime
import SourceText
import YAML

/// A value of a post's front matter, whatever language that is written in.
indirect enum PostValue: Hashable {
  case text(String)
  /// A number, truth value or date that stood without quotes.
  case plain(String)
  case list([PostValue])
  case mapping([Entry])

  struct Entry: Hashable {
    var key: String
    var value: PostValue
  }

  init(_ node: Node) {
    switch node.content {
    case .scalar(let scalar): self = scalar.isPlain ? .plain(scalar.text) : .text(scalar.text)
    case .sequence(let nodes): self = .list(nodes.map(PostValue.init))
    case .mapping(let entries):
      self = .mapping(entries.map { Entry(key: $0.key, value: PostValue($0.value)) })
    }
  }

  /// The text of a single value; `nil` for all others, and for nothing.
  var line: String? {
    switch self {
    case .text(let text): plainLine(text).nonEmpty
    case .plain(let text): ["", "~", "null"].contains(text.lowercased()) ? nil : plainLine(text).nonEmpty
    case .list, .mapping: nil
    }
  }

  /// The texts of a list, or of one value.
  var lines: [String] {
    switch self {
    case .list(let values): values.flatMap(\.lines)
    case .mapping(let entries): entries.first { $0.key == "name" }?.value.lines ?? []
    case .text, .plain: line.map { [$0] } ?? []
    }
  }

  /// Words between commas, or else between spaces, where they are in one text; the members of a list.
  func words(dividedBySpaces: Bool) -> [String] {
    guard let line else { return lines }
    let parts =
      line.contains(",")
      ? line.split(separator: ",").map(String.init)
      : dividedBySpaces ? line.split(separator: " ").map(String.init) : [line]
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  var isTrue: Bool { line.map { ["true", "yes", "on", "1"].contains($0.lowercased()) } ?? false }
  var isFalse: Bool { line.map { ["false", "no", "off", "0"].contains($0.lowercased()) } ?? false }

  /// Whether it is Hugo's `build` with a `render` that makes no page.
  var hidesPage: Bool {
    guard case .mapping(let entries) = self else { return false }
    let render = entries.first { $0.key.lowercased() == "render" }?.value
    return render.map { $0.isFalse || $0.line?.lowercased() == "never" } ?? false
  }

  /// The value as it is written under `extra`; `nil` for nothing.
  var written: WrittenValue? {
    switch self {
    case .text(let text): return .text(cleaned(text))
    case .plain(let text):
      guard line != nil else { return nil }
      let isNumber =
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.count < 10 && text.utf8.first != 0x30
      return isNumber || ["true", "false"].contains(text) ? .plain(text) : .text(cleaned(text))
    case .list(let values):
      let written = values.compactMap(\.written)
      // Lists in lists have no lines of their own in what is written.
      let isFlat = written.allSatisfy { if case .list = $0 { false } else { true } }
      return isFlat ? .list(written) : .text(values.flatMap(\.lines).joined(separator: ", "))
    case .mapping(let entries):
      return .mapping(
        entries.compactMap { entry in
          isPlainKey(entry.key) ? entry.value.written.map { (entry.key, $0) } : nil
        })
    }
  }
}

/// Whether `key` can be written without quotes.
func isPlainKey(_ key: String) -> Bool {
  guard let first = key.utf8.first, (0x61...0x7A).contains(first | 0x20), key.utf8.count <= 60 else {
    return false
  }
  return !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(key.lowercased())
    && key.utf8.allSatisfy {
      (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
    }
}

/// When a post appeared.
struct PostDate: Hashable {
  /// As it is written: a day, or a moment with its zone.
  var text: String
  /// The day.
  var date: CivilDate

  /// The time that `text` tells: `2020-01-02`, with a time behind it or without, with a zone or by the site's clock.
  init?(_ text: String, _ zone: TimeZoneRules) {
    let parts = trimmed(text).replacing("T", with: " ").replacing("t", with: " ").split(separator: " ").map(
      String.init)
    guard let day = parts.first else { return nil }
    let numbers = day.replacing("/", with: "-").split(separator: "-", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let number = numbers[2],
      (1000...9999).contains(year), let date = CivilDate(year: year, month: month, day: number)
    else { return nil }
    self.init(date)
    guard parts.count > 1 else { return }
    var clock = parts[1]
    var offset = parts.count > 2 ? parts[2] : ""
    if let start = clock.firstIndex(where: { "+-Zz".contains($0) }) {
      offset = String(clock[start...])
      clock = String(clock[..<start])
    }
    let time = clock.prefix { $0 != "." }.split(separator: ":").map { Int($0) }
    guard (2...3).contains(time.count), let hour = time[0], let minute = time[1], (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    let second = time.count > 2 ? time[2] ?? 0 : 0
    guard (0...60).contains(second) else { return nil }
    let moment: Timestamp
    if offset.isEmpty {
      moment = zone.timestamp(of: date, hour: hour, minute: minute, second: min(second, 59))
    } else {
      guard let seconds = Self.seconds(offset) else { return nil }
      let there = TimeZoneRules.utc.timestamp(of: date, hour: hour, minute: minute, second: min(second, 59))
      moment = zone.timestamp(at: there.seconds - seconds)
    }
    self.text = moment.rfc3339
    self.date = moment.date
  }

  init(_ date: CivilDate) {
    self.date = date
    text = date.description
  }

  /// The seconds of `+02:00`, `-0500` or `Z`.
  private static func seconds(_ offset: String) -> Int64? {
    if ["z", "utc", "gmt"].contains(offset.lowercased()) { return 0 }
    let digits = offset.dropFirst().filter { $0 != ":" }
    guard let sign = offset.first, sign == "+" || sign == "-", digits.count == 4 || digits.count == 2,
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let hours = Int64(digits.prefix(2)),
      let minutes = Int64(digits.count == 4 ? String(digits.suffix(2)) : "0"), hours <= 14, minutes < 60
    else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
