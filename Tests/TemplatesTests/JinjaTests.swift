import Testing

/// The theme language against Jinja2 itself: the same templates with the same values through both.
@Suite struct JinjaTests {
  @Test func `Written cases come out as from Jinja2, or are refused as they say`() throws {
    let written = try JinjaCases.read("written.json")
    #expect(written.cases.count >= 400)
    for (item, outcome) in zip(written.cases, written.outcomes()) {
      switch outcome {
      case .refused(let mistakes):
        #expect(mistakes == item.refused, "\(item.name): \(item.templates)")
      case .rendered(let text) where item.skipped != nil:
        #expect(text != item.expected, "\(item.name) need not be skipped: \(item.templates)")
      case .rendered(let text):
        #expect(item.refused == nil, "\(item.name) is not refused: \(item.templates)")
        if item.refused == nil { #expect(text == item.expected, "\(item.name): \(item.templates)") }
      }
    }
  }

  @Test func `No case is skipped without a reason`() throws {
    for item in try JinjaCases.read("written.json").cases {
      guard let reason = item.skipped else { continue }
      #expect(reason.split(separator: " ").count > 3, "\(item.name)")
      #expect(item.refused == nil, "\(item.name) is refused, which is no reason to skip it")
    }
  }

  @Test func `Generated cases come out as from Jinja2`() throws {
    let generated = try JinjaCases.read("generated.json")
    #expect(generated.cases.count >= 10_000 || JinjaCases.areChosen)
    var refusals: [String: Int] = [:]
    var refusedCount = 0
    var differing: [String] = []
    for (item, outcome) in zip(generated.cases, generated.outcomes()) {
      switch outcome {
      case .rendered(let text):
        if text == item.expected { continue }
        differing.append(item.name)
        if differing.count <= 10 { Issue.record("\(report(item, text))") }
      case .refused(let mistakes):
        refusedCount += 1
        for mistake in mistakes {
          let id = String(mistake.split(separator: " ").last ?? "")
          if refusals.updateValue(refusals[id, default: 0] + 1, forKey: id) == nil,
            JinjaTests.reasonsToRefuse[id] == nil
          {
            Issue.record("\(item.name) is refused: \(mistake)\n\(item.templates)")
          }
        }
      }
    }
    #expect(differing.isEmpty, "these differ: \(differing.joined(separator: "; "))")
    #expect(refusedCount * 20 <= generated.cases.count, "more than 5 % are refused: \(refusals)")
  }

  /// What the typed subset may refuse in a generated template, and why it can be there.
  private static let reasonsToRefuse: [String: String] = [:]

  private func report(_ item: JinjaCases.Case, _ text: String) -> String {
    var lines = ["\(item.name) differs"]
    for (name, template) in item.templates.sorted(by: { $0.key < $1.key }) {
      lines.append("\(name): \(template.debugDescription)")
    }
    lines.append("Jinja2: \((item.expected ?? "").debugDescription)")
    lines.append("here:   \(text.debugDescription)")
    return lines.joined(separator: "\n")
  }
}
