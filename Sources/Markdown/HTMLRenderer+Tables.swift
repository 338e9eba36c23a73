import SourceText

extension HTMLRenderer {
  var mayHoldTables: Bool {
    options.extensions.contains(.tables) && survey.features.contains(.tables)
  }

  /// Writes `paragraph` as a table, if it is one, together with the lines before it, which stay a paragraph.
  ///
  /// libcmark took the lines for a paragraph and parsed the inlines in it without regard to cells, and the
  /// backslash of `\|` is gone. So the cells are cut out of the source and parsed as a text of their own.
  mutating func appendTable(_ paragraph: CMarkNode) -> Bool {
    let rows = contents(of: paragraph)
    var dashes = 1
    var alignments: [TableLayout.Alignment]?
    while dashes < rows.count {
      if let found = TableLayout.alignments(text.bytes, rows[dashes]),
        TableLayout.cells(text.bytes, rows[dashes - 1]).count == found.count
      {
        alignments = found
        break
      }
      dashes += 1
    }
    guard let alignments else { return false }
    if dashes > 1 { appendLines(rows[..<(dashes - 1)]) }
    startLine()
    let body = rows[(dashes + 1)...].map { TableLayout.cells(text.bytes, $0) }
    appendTable(
      head: TableLayout.cells(text.bytes, rows[dashes - 1]), body: body, alignments: alignments)
    return true
  }

  /// The lines of `paragraph` in the source without what belongs to the block quotes and lists around it.
  private func contents(of paragraph: CMarkNode) -> [Range<Int>] {
    var quotes = 0
    var parent = paragraph.parent
    while let node = parent {
      if node.kind == .blockQuote { quotes += 1 }
      parent = node.parent
    }
    let first = paragraph.startLine - 1
    let last = min(paragraph.endLine, lines.count)
    guard first >= 0, first < last else { return [] }
    var result: [Range<Int>] = []
    for index in first..<last {
      let line = lines[index].indices
      var start = line.lowerBound
      if index == first {
        start = min(start + max(0, paragraph.startColumn - 1), line.upperBound)
      } else {
        var left = quotes
        while start < line.upperBound {
          if text.bytes[start] == 0x3E, left > 0 {
            left -= 1
          } else if text.bytes[start] != 0x20, text.bytes[start] != 0x09 {
            break
          }
          start += 1
        }
      }
      result.append(TableLayout.trimmed(text.bytes, start..<line.upperBound))
    }
    return result
  }

  /// Writes lines as the paragraph that they are.
  private mutating func appendLines(_ rows: ArraySlice<Range<Int>>) {
    var part: [UInt8] = []
    for (index, row) in rows.enumerated() {
      // So far indented, a line can only go on with the paragraph, whatever it begins with.
      if index > 0 { part += [0x20, 0x20, 0x20, 0x20] }
      part += text.bytes[row]
      part.append(0x0A)
    }
    part += definitionLines(for: part)
    let lines = rows.map { ByteRange($0.lowerBound, $0.upperBound) }
    renderPart(part, lines: lines) { renderer, tree in
      renderer.renderBlock(&tree)
    }
  }

  /// Writes the first block of `tree`.
  mutating func renderBlock(_ tree: inout CMarkTree) {
    var isInside = false
    while let step = tree.next() {
      switch step {
      case .enter(let node):
        guard node.kind != .document else { continue }
        isInside = true
        enter(node, in: &tree)
      case .exit(let node):
        guard isInside else { return }
        exit(node)
        if node.parent?.kind == .document { return }
      }
    }
  }

  // MARK: - Cells

  private mutating func appendTable(
    head: [Range<Int>], body: [[Range<Int>]], alignments: [TableLayout.Alignment]
  ) {
    var part: [UInt8] = []
    var places: [ByteRange] = []
    for cell in [head] + body {
      for cell in cell.prefix(alignments.count) where !cell.isEmpty {
        appendCell(cell, to: &part)
        places.append(ByteRange(cell.lowerBound, cell.upperBound))
        places.append(ByteRange(at: cell.upperBound))
      }
    }
    part += definitionLines(for: part)
    html.append(static: "<table>\n<thead>\n")
    renderPart(part, lines: places) { renderer, tree in
      renderer.appendRow(head, alignments, isHead: true, from: &tree)
      renderer.html.append(static: "</thead>\n")
      guard !body.isEmpty else { return }
      renderer.html.append(static: "<tbody>\n")
      for row in body { renderer.appendRow(row, alignments, isHead: false, from: &tree) }
      renderer.html.append(static: "</tbody>\n")
    }
    html.append(static: "</table>\n")
  }

  /// Appends a cell as a paragraph. A no-break space before it keeps `#`, `-` and the like from meaning
  /// what they mean at the start of a block, and counts as a space beside `*` and `"`.
  private func appendCell(_ cell: Range<Int>, to part: inout [UInt8]) {
    part.append(0xC2)
    part.append(0xA0)
    var index = cell.lowerBound
    while index < cell.upperBound {
      if text.bytes[index] == 0x5C, index + 1 < cell.upperBound, text.bytes[index + 1] == 0x7C { index += 1 }
      part.append(text.bytes[index])
      index += 1
    }
    part.append(0x0A)
    part.append(0x0A)
  }

  private mutating func appendRow(
    _ cells: [Range<Int>], _ alignments: [TableLayout.Alignment], isHead: Bool, from tree: inout CMarkTree
  ) {
    html.append(static: "<tr>\n")
    let plainStart = plain.count
    for column in alignments.indices {
      if column >= cells.count {
        // Rows are filled up, within reason: many short ones under a long head could fill a disk.
        guard emptyCellBudget > 0 else { break }
        emptyCellBudget -= 1
      }
      let isEmpty = column >= cells.count || cells[column].isEmpty
      // A header without words says nothing to who cannot see the table: a corner is a plain cell.
      let isHeader = isHead && !(isForSite && isEmpty)
      html.append(isHeader ? (isForSite ? "<th scope=\"col\"" : "<th") : "<td")
      appendAlignment(alignments[column])
      html.append(byte: 0x3E)
      if !isEmpty {
        if plain.count > plainStart { plain.append(byte: 0x09) }
        textSkip = 2
        renderCell(&tree)
        textSkip = 0
      }
      html.append(isHeader ? "</th>\n" : "</td>\n")
    }
    html.append(static: "</tr>\n")
    endPlainBlock()
  }

  /// Writes what is in the next paragraph of `tree`.
  private mutating func renderCell(_ tree: inout CMarkTree) {
    while let step = tree.next() {
      switch step {
      case .enter(let node):
        if node.kind == .paragraph {
          enterBlock(node)
          blockForm = .tight
        } else if node.kind != .document {
          enter(node, in: &tree)
        }
      case .exit(let node):
        if node.kind == .paragraph || node.kind == .document {
          strikes.removeAll(keepingCapacity: true)
          return
        }
        exit(node)
      }
    }
  }

  private mutating func appendAlignment(_ alignment: TableLayout.Alignment) {
    let value: StaticString
    switch alignment {
    case .none: return
    case .left: value = "left"
    case .center: value = "center"
    case .right: value = "right"
    }
    html.append(isForSite ? " style=\"text-align: " : " align=\"")
    html.append(static: value)
    html.append(byte: 0x22)
  }

  // MARK: - Definitions

  /// The link reference definitions of the text, for a part of it that is parsed alone; nothing, if the part
  /// has no brackets.
  ///
  /// These are the lines that begin like definitions, up to the next blank line, in paragraphs of their own
  /// at the end, where they do no harm if they are none.
  mutating func definitionLines(for part: [UInt8]) -> [UInt8] {
    guard survey.features.contains(.definitions), definitionBudget > 0, part.contains(0x5B) else { return [] }
    let result = definitionText ?? collectDefinitions()
    definitionText = result
    definitionBudget -= result.count
    return result
  }

  private func collectDefinitions() -> [UInt8] {
    var result: [UInt8] = []
    var isInside = false
    for line in survey.lines {
      let content = contentOfLine(line.indices)
      if content.isEmpty {
        isInside = false
      } else if text.bytes[content.lowerBound] == 0x5B {
        isInside = beginsDefinition(content)
        result.append(0x0A)
      }
      guard isInside else { continue }
      result += text.bytes[content]
      result.append(0x0A)
    }
    return result
  }

  /// Whether a line that begins with `[` may be a link reference definition; a note is none.
  private func beginsDefinition(_ line: Range<Int>) -> Bool {
    if options.extensions.contains(.footnotes), line.count > 1, text.bytes[line.lowerBound + 1] == 0x5E {
      return false
    }
    for index in line.dropLast() where text.bytes[index] == 0x5D && text.bytes[index + 1] == 0x3A {
      return true
    }
    return false
  }

  /// `line` without its indentation, and without `>` before it.
  private func contentOfLine(_ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    while start < line.upperBound, text.bytes[start] == 0x3E || text.bytes[start].isSpace { start += 1 }
    return TableLayout.trimmed(text.bytes, start..<line.upperBound)
  }
}
