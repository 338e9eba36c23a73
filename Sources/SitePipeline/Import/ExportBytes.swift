import SourceText
import XML

/// What the bytes of an export tell about why it is no XML, where the parser's words would mislead.
struct ExportBytes {
  /// What it begins with, as far as a message may be about.
  private var head: [UInt8] = []
  private var line = 1
  private var column = 0
  /// The first character that XML can't hold.
  private var control: (byte: UInt8, line: Int, column: Int)?

  private static let headLimit = 1 << 16

  /// Takes note of the next piece.
  mutating func add(_ piece: [UInt8]) {
    if head.count < Self.headLimit { head += piece.prefix(Self.headLimit - head.count) }
    guard control == nil else { return }
    for byte in piece {
      if byte == 0x0A {
        line += 1
        column = 0
        continue
      }
      // Bytes within a character are no column.
      if byte & 0xC0 != 0x80 { column += 1 }
      if byte < 0x20, byte != 0x09, byte != 0x0D {
        control = (byte, line, column)
        return
      }
    }
  }

  /// What is wrong, if it can be said better than by `problem`; `isEnded` says whether the outermost element has ended.
  func diagnostic(for problem: XMLProblem, isEnded: Bool, in path: String) -> Diagnostic? {
    switch problem.kind {
    case .syntax, .incomplete: break
    case .documentType, .encoding, .hugeTag, .memory: return nil
    }
    func place(_ line: Int, _ column: Int) -> Location {
      Location(path: "\(path):\(line):\(max(1, column))", range: ByteRange(at: 0))
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
    let start = text.drop { $0 <= 0x20 }
    guard !start.isEmpty else { return .emptyExport(path) }
    let declaration = Array("<?xml".utf8)
    if !text.starts(with: declaration), let found = text.firstRange(of: declaration) {
      let before = text[..<found.lowerBound]
      guard before.contains(where: { $0 > 0x20 }) else { return .blankLines(at: place(1, 1)) }
      let words = String(decoding: start[..<found.lowerBound].prefix(80), as: UTF8.self)
      return .strayText(
        "before", words.split(whereSeparator: \.isWhitespace).joined(separator: " "), at: place(1, 1))
    }
    if let control, !isEnded, control.line <= problem.line || problem.kind == .incomplete {
      return .controlCharacter(control.byte, at: place(control.line, control.column))
    }
    return isEnded ? .strayText("behind", nil, at: place(problem.line, problem.column)) : nil
  }
}

extension Diagnostic {
  fileprivate static func emptyExport(_ path: String) -> Diagnostic {
    .error(
      "import/empty", "\(path) is empty", at: nil,
      fix: "export again in WordPress: Tools, Export, All content")
  }

  fileprivate static func blankLines(at place: Location) -> Diagnostic {
    .error(
      "import/blank-lines", "there are blank lines or spaces before <?xml, which has to come first",
      at: place,
      fix: "delete what stands before <?xml; a theme or plugin of the old site writes it")
  }

  fileprivate static func strayText(_ side: String, _ words: String?, at place: Location) -> Diagnostic {
    .error(
      "import/stray-text",
      side == "before"
        ? "something stands before <?xml that is no part of the export: \(words ?? "")"
        : "something stands behind the end of the export, </rss>, that is no part of it", at: place,
      fix: "delete it; a notice of PHP's or a plugin of the old site writes it")
  }

  fileprivate static func controlCharacter(_ byte: UInt8, at place: Location) -> Diagnostic {
    let digits = String(byte, radix: 16, uppercase: true)
    return .error(
      "import/control-character",
      "there is a control character here, U+00\(digits.count < 2 ? "0" : "")\(digits), which XML can't hold",
      at: place,
      fix:
        "take it out of the post, or out of the export, as with: tr -d '\\000-\\010\\013\\014\\016-\\037' < export.xml > clean.xml"
    )
  }
}
