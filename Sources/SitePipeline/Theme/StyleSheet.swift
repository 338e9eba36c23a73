import SourceText

/// What a style sheet refers to: the destinations of its `url(…)` and `@import "…"`.
struct StyleSheet {
  /// A destination as it is written, and the bytes between its quotes or parentheses.
  struct Reference: Hashable {
    let text: String
    let range: Range<Int>
  }

  /// In the order of the text. One that is written with backslashes is left out, and so stays as it is.
  private(set) var references: [Reference] = []

  private let bytes: [UInt8]
  private var position = 0

  /// Finds the references of the style sheet `bytes`: not in comments, and not in other strings.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while position < bytes.count { step() }
  }

  private mutating func step() {
    let byte = bytes[position]
    if starts(with: "/*") {
      skip(past: "*/")
    } else if byte == 0x22 || byte == 0x27 {
      _ = string(byte)
    } else if starts(with: "url("), !isInsideName {
      position += 4
      skipSpace()
      guard position < bytes.count else { return }
      add(bytes[position] == 0x22 || bytes[position] == 0x27 ? string(bytes[position]) : bareURL())
    } else if starts(with: "@import") {
      position += 7
      skipSpace()
      guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else { return }
      add(string(bytes[position]))
    } else {
      position += 1
    }
  }

  private mutating func add(_ range: Range<Int>) {
    let text = bytes[range]
    guard !text.contains(0x5C) else { return }
    references.append(Reference(text: String(decoding: text, as: UTF8.self), range: range))
  }

  /// Goes past the string that begins here; what stands between its quotes.
  private mutating func string(_ quote: UInt8) -> Range<Int> {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote, bytes[position] != 0x0A {
      position += bytes[position] == 0x5C ? 2 : 1
    }
    position = min(position, bytes.count)
    let end = position
    position = min(position + 1, bytes.count)
    return start..<end
  }

  /// Goes past a URL without quotes up to its parenthesis.
  private mutating func bareURL() -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position] != 0x29, bytes[position] > 0x20 { position += 1 }
    return start..<position
  }

  private mutating func skip(past end: String) {
    position += 2
    while position < bytes.count, !starts(with: end) { position += 1 }
    position = min(position + 2, bytes.count)
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  /// Whether letters before this place belong to the same name, as in `--curl(`.
  private var isInsideName: Bool {
    guard position > 0 else { return false }
    switch bytes[position - 1] {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x80...: return true
    default: return false
    }
  }

  /// Whether `text`, in small letters, stands here in any case.
  private func starts(with text: String) -> Bool {
    guard position + text.utf8.count <= bytes.count else { return false }
    return zip(bytes[position...], text.utf8).allSatisfy { byte, letter in
      byte == letter || (0x41...0x5A).contains(byte) && byte | 0x20 == letter
    }
  }
}

// MARK: - Assets

extension StyleSheet.Reference {
  /// Whether it is a path from the host's root, and not one that begins with a host.
  var isRooted: Bool { text.hasPrefix("/") && !text.hasPrefix("//") }

  /// The path without query and fragment; `nil` for what leads to no file beside the style sheet: a whole
  /// URL, a fragment, a path from the host's root.
  var localPath: Substring? {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    return path.isEmpty || path.hasPrefix("/") || path.contains(":") ? nil : path
  }
}

extension StyleSheet {
  /// The name of the asset that `path`, written in the asset `name`, means; `nil` when it leads out of
  /// `assets/`.
  static func asset(_ path: String, from name: String) -> String? {
    var parts = name.split(separator: "/").dropLast().map(String.init)
    for part in percentDecoded(path).split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }

  /// The names of the assets that the style sheet `name` refers to, whether they are there or not.
  static func assets(referredToBy name: String, _ bytes: [UInt8]) -> Set<String> {
    Set(StyleSheet(bytes).references.compactMap { $0.localPath.flatMap { asset(String($0), from: name) } })
  }
}
