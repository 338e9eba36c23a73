import XML

extension FlowReader {
  mutating func readTable(_ element: HTMLElement, _ styles: [Style]) {
    guard !options.isComment, let rows = simpleRows(of: element) else { return keep(element, styles) }
    var cells: [[[Inline]]] = []
    for row in rows {
      var line: [[Inline]] = []
      for cell in row {
        let inside = collect { $0.read(cell.children, styles) }
        switch inside.count {
        case 0: line.append([])
        case 1:
          guard case .paragraph(let part) = inside[0] else { return keep(element, styles) }
          line.append(part)
        default: return keep(element, styles)
        }
      }
      cells.append(line)
    }
    endParagraph()
    let alignments = rows[0].map { cell -> Block.Table.Alignment in
      let style = (cell["style"] ?? "").lowercased().filter { !$0.isWhitespace }
      let word = cell["align"]?.lowercased() ?? ""
      for (name, alignment) in [("left", Block.Table.Alignment.left), ("center", .center), ("right", .right)]
      where word == name || style.contains("text-align:\(name)") || cell["data-align"] == name {
        return alignment
      }
      return .none
    }
    blocks.append(.table(Block.Table(alignments: alignments, rows: cells)))
  }

  /// The rows of a table that is a head and rows below it, all of as many cells, and nothing else.
  func simpleRows(of table: HTMLElement) -> [[HTMLElement]]? {
    var rows: [[HTMLElement]] = []
    func add(_ nodes: [HTMLNode]) -> Bool {
      // Text between cells belongs to none.
      guard !hasWords(nodes) else { return false }
      for case .element(let element) in nodes {
        switch element.name {
        case "thead", "tbody", "tfoot": if !add(element.children) { return false }
        case "tr":
          guard !hasWords(element.children) else { return false }
          var row: [HTMLElement] = []
          for case .element(let cell) in element.children {
            guard
              cell.name == (rows.isEmpty ? "th" : "td")
                || rows.isEmpty && cell.name == "td" && cell.children.isEmpty,
              cell["colspan"] ?? "1" == "1", cell["rowspan"] ?? "1" == "1"
            else { return false }
            row.append(cell)
          }
          rows.append(row)
        case "colgroup", "col": break
        default: return false
        }
      }
      return true
    }
    guard add(table.children), let first = rows.first, !first.isEmpty,
      rows.allSatisfy({ $0.count == first.count })
    else { return nil }
    return rows
  }

  private func hasWords(_ nodes: [HTMLNode]) -> Bool {
    nodes.contains { node in
      if case .text(let text) = node { text.utf8.contains { $0 > 0x20 } } else { false }
    }
  }
}
