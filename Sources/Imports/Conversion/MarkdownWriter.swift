/// Writes blocks as Markdown.
struct MarkdownWriter {
  /// Whether what Markdown has no words for may be said in HTML.
  let allowsHTML: Bool

  /// The text of `blocks`, which ends with a line end; empty for none.
  func markdown(_ blocks: [Block]) -> String {
    let lines = self.lines(of: blocks)
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private func lines(of blocks: [Block], isTight: Bool = false) -> [String] {
    var result: [String] = []
    var previous: Block?
    var alternates = false
    for block in blocks {
      // Two lists side by side would be one.
      if case .list(let list) = block, case .list(let before)? = previous,
        (list.start == nil) == (before.start == nil)
      {
        alternates.toggle()
      } else {
        alternates = false
      }
      let lines = self.lines(of: block, alternates: alternates)
      guard !lines.isEmpty else { continue }
      if !result.isEmpty, !(isTight && continues(block, previous)) { result.append("") }
      result += lines
      previous = block
    }
    return result
  }

  /// Whether the block can follow the one before it in the next line: a list a paragraph or a list.
  private func continues(_ block: Block, _ previous: Block?) -> Bool {
    guard case .list(let list) = block else { return false }
    switch previous {
    case .paragraph, .list: break
    default: return false
    }
    return list.start ?? 1 == 1 && !(list.items.first?.isEmpty ?? true)
  }

  private func lines(of block: Block, alternates: Bool) -> [String] {
    switch block {
    case .paragraph(let parts):
      return lines(LineWriter.markdown(parts, as: .paragraph, allowsHTML: allowsHTML))
    case .heading(let level, let parts):
      let text = LineWriter.markdown(parts, as: .heading, allowsHTML: allowsHTML)
      return text.isEmpty ? [] : [String(repeating: "#", count: level) + " " + text]
    case .quote(let blocks): return lines(of: blocks).map { $0.isEmpty ? ">" : "> " + $0 }
    case .list(let list): return lines(of: list, alternates: alternates)
    case .code(let code, let language): return lines(ofCode: code, language)
    case .table(let table): return lines(of: table)
    // Neither `-` nor `*`, which begin items of lists.
    case .rule: return ["___"]
    case .embed(let address): return [address]
    case .html(let html): return allowsHTML ? lines(html) : []
    }
  }

  private func lines(_ text: String) -> [String] {
    text.isEmpty
      ? [] : text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
  }

  private func lines(of list: Block.List, alternates: Bool) -> [String] {
    var result: [String] = []
    for (index, item) in list.items.enumerated() {
      let marker =
        list.start.map { "\($0 + index)\(alternates ? ")" : ".") " } ?? (alternates ? "* " : "- ")
      let indentation = String(repeating: " ", count: marker.utf8.count)
      let lines = self.lines(of: item, isTight: list.isTight)
      if index > 0, !list.isTight { result.append("") }
      guard let first = lines.first else {
        result.append(String(marker.dropLast()))
        continue
      }
      result.append(marker + first)
      result += lines.dropFirst().map { $0.isEmpty ? "" : indentation + $0 }
    }
    return result
  }

  private func lines(ofCode code: String, _ language: String) -> [String] {
    var longest = 2
    var length = 0
    for byte in code.utf8 {
      length = byte == 0x60 ? length + 1 : 0
      longest = max(longest, length)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return [fence + language] + lines(code) + [fence]
  }

  private func lines(of table: Block.Table) -> [String] {
    var rows = table.rows.map { row in
      "| "
        + row.map { LineWriter.markdown($0, as: .cell, allowsHTML: allowsHTML) }.joined(separator: " | ")
        + " |"
    }
    let dashes = table.alignments.map { alignment in
      switch alignment {
      case .none: "---"
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    rows.insert("| " + dashes.joined(separator: " | ") + " |", at: min(1, rows.count))
    return rows
  }
}
