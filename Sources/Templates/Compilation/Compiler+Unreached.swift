import SourceText

extension Compiler {
  /// What was compiled on the way from some entry.
  struct Reached {
    /// A block or macro by the template and the place of its name.
    struct Part: Hashable {
      var template: Int
      var offset: UInt32

      init(_ template: Int, _ name: Name) {
        self.template = template
        offset = name.range.lowerBound
      }
    }

    var templates: Set<Int> = []
    var parts: Set<Part> = []
    /// Blocks that replace all others of their name for some entry.
    var replacements: [Part: Location] = [:]
  }

  /// Checks, as far as that is possible without knowing their variables, the templates, blocks and macros
  /// that no page uses, and warns of what is of no use.
  mutating func checkUnreached() {
    let isComplete = !diagnostics.contains { $0.severity == .error }
    // What is compiled here is never rendered, and must not grow into the end of the last entry.
    let compiled = program
    isDetached = true
    defer {
      isDetached = false
      program = compiled
    }
    for (index, template) in library.templates.enumerated() {
      if !reached.templates.contains(index) {
        if isComplete, template.file.layer == 0 {
          start(index, [])
          let others =
            schema.pages.map(\.template) + library.templates.filter { $0.file.layer > 0 }.map(\.file.name)
          report(
            .unreached(
              template.file.name, among: others.filter { $0 != template.file.name },
              location(ByteRange(at: 0))))
        }
        start(index, [])
        compileTemplate(index)
      }
      for block in template.tree.blocks.values.sorted(by: {
        $0.name.range.lowerBound < $1.name.range.lowerBound
      }) {
        checkUnreached(block, of: index, isComplete: isComplete)
      }
      for macro in template.tree.macros where !reached.parts.contains(Reached.Part(index, macro.name)) {
        start(index, [])
        scopes.append(Scope())
        for parameter in macro.parameters { declare(parameter.name.text, .slot(takeSlot()), nil) }
        compile(macro.body)
      }
    }
  }

  private mutating func checkUnreached(_ block: Block, of template: Int, isComplete: Bool) {
    let part = Reached.Part(template, block.name)
    guard !reached.parts.contains(part) else { return }
    if isComplete, let location = reached.replacements[part] {
      start(template, [])
      report(.unseenBlock(block.name.text, location))
    }
    start(template, [])
    scopes.append(Scope())
    openBlocks = [(block.name.text, 0)]
    compile(block.body)
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unreached(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    // The ending, which all have, would make short names alike.
    func stem(_ name: String) -> String { name.hasSuffix(".html") ? String(name.dropLast(5)) : name }
    let meant = nearest(to: stem(name), among: names.map(stem))
    return .warning(
      "template/unreached", "no page uses the template '\(name)'", at: location,
      fix: meant.map { "did you mean '\($0).html'?" } ?? "include it somewhere, or delete it")
  }

  fileprivate static func unseenBlock(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/unknown-block",
      "the block '\(name)' is never shown: the block around it is replaced as well", at: location,
      fix: "put it into the block that replaces the outer one")
  }
}
