/// Gathers the parts of a paragraph as they come, and makes lines of them: without white space at their ends, with one
/// space for any run inside, and with each style around as much as it can be.
struct LineBuilder {
  private struct Atom {
    enum Content {
      case text(String)
      /// White space, which is drawn as one space or none.
      case space
      case lineBreak
      case code(String)
      case image(Inline.Image)
      case html(String)
    }

    var styles: [Style]
    var content: Content

    var isBlank: Bool {
      switch content {
      case .space, .lineBreak: true
      default: false
      }
    }
    var isBreak: Bool { if case .lineBreak = content { true } else { false } }
  }

  private var atoms: [Atom] = []

  /// Adds text, in which white space counts as in HTML.
  mutating func append(text: Substring, _ styles: [Style]) {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = text.utf8
    var rest = bytes[...]
    while let first = rest.first {
      guard isSpace(first) else {
        // Words with single spaces between them stay together.
        var end = rest.startIndex
        while end < rest.endIndex {
          if isSpace(rest[end]) {
            let next = rest.index(after: end)
            guard rest[end] == 0x20, next < rest.endIndex, !isSpace(rest[next]) else { break }
          }
          rest.formIndex(after: &end)
        }
        atoms.append(Atom(styles: styles, content: .text(String(rest[..<end]) ?? "")))
        rest = rest[end...]
        continue
      }
      rest = rest.drop(while: isSpace)
      if atoms.last.map({ !$0.isBlank }) ?? false { atoms.append(Atom(styles: styles, content: .space)) }
    }
  }

  mutating func append(code: String, _ styles: [Style]) {
    atoms.append(Atom(styles: styles, content: .code(code)))
  }

  mutating func append(_ image: Inline.Image, _ styles: [Style]) {
    atoms.append(Atom(styles: styles, content: .image(image)))
  }

  mutating func append(html: String, _ styles: [Style]) {
    atoms.append(Atom(styles: styles, content: .html(html)))
  }

  /// Adds a break; one that a line end stands for isn't added behind another.
  mutating func appendBreak(_ styles: [Style], isLineEnd: Bool) {
    while case .space = atoms.last?.content { atoms.removeLast() }
    if isLineEnd, atoms.last?.isBreak ?? true { return }
    atoms.append(Atom(styles: styles, content: .lineBreak))
  }

  /// The paragraphs, which two breaks in a row divide; afterwards there is nothing.
  mutating func finish() -> [[Inline]] {
    var atoms = trimmed(self.atoms[...])
    self.atoms.removeAll(keepingCapacity: true)
    var result: [[Inline]] = []
    while !atoms.isEmpty {
      var end = atoms.startIndex
      while end < atoms.endIndex,
        !(atoms[end].isBreak && end + 1 < atoms.endIndex && atoms[end + 1].isBreak)
      {
        end += 1
      }
      let part = withSharedSpaces(trimmed(atoms[..<end]))
      let lines = nested(part[...], depth: 0)
      if !lines.isEmpty { result.append(lines) }
      atoms = trimmed(atoms[end...])
    }
    return result
  }

  private func trimmed(_ atoms: ArraySlice<Atom>) -> ArraySlice<Atom> {
    var atoms = atoms
    while atoms.first?.isBlank ?? false { atoms.removeFirst() }
    while atoms.last?.isBlank ?? false { atoms.removeLast() }
    return atoms
  }

  /// Gives spaces and breaks the styles that what stands on both sides shares, so that no style begins or ends with one.
  private func withSharedSpaces(_ atoms: ArraySlice<Atom>) -> [Atom] {
    var result = Array(atoms)
    var index = 0
    while index < result.count {
      guard result[index].isBlank, index > 0 else {
        index += 1
        continue
      }
      var end = index
      while end < result.count, result[end].isBlank { end += 1 }
      guard end < result.count else { break }
      let shared = zip(result[index - 1].styles, result[end].styles).prefix { $0 == $1 }.map(\.0)
      for place in index..<end { result[place].styles = shared }
      index = end
    }
    return result
  }

  private func nested(_ atoms: ArraySlice<Atom>, depth: Int) -> [Inline] {
    var result: [Inline] = []
    var index = atoms.startIndex
    while index < atoms.endIndex {
      let atom = atoms[index]
      guard atom.styles.count > depth else {
        append(atom.content, to: &result)
        index += 1
        continue
      }
      var end = index + 1
      while end < atoms.endIndex, atoms[end].styles.count > depth,
        atoms[end].styles[depth] == atom.styles[depth]
      {
        end += 1
      }
      let inside = nested(atoms[index..<end], depth: depth + 1)
      if !inside.isEmpty { result.append(.styled(atom.styles[depth].kind, inside)) }
      index = end
    }
    return result
  }

  private func append(_ content: Atom.Content, to result: inout [Inline]) {
    func append(_ text: String) {
      if case .text(let before)? = result.last {
        result[result.count - 1] = .text(before + text)
      } else {
        result.append(.text(text))
      }
    }
    switch content {
    case .text(let text): append(text)
    case .space: append(" ")
    case .lineBreak: result.append(.lineBreak)
    case .code(let code):
      // Two code spans side by side would be read as one with the backticks in it.
      if case .code(let before)? = result.last {
        result[result.count - 1] = .code(before + code)
      } else {
        result.append(.code(code))
      }
    case .image(let image): result.append(.image(image))
    case .html(let html): result.append(.html(html))
    }
  }
}
