import SourceText

extension Compiler {
  /// The blocks of a template and of those that it extends.
  struct Inheritance {
    struct Definition {
      var block: Block
      var frame: Frame
    }

    /// The definitions of every block, the one that counts first.
    var definitions: [String: [Definition]] = [:]
    /// The number of scopes that blocks see: those up to the template's own.
    var scopeCount: Int
  }

  static let includeDepthLimit = 32

  /// Compiles the template at `index`, with those that it extends, in a scope that is already there.
  mutating func compileTemplate(_ index: Int) {
    let outer = inheritance
    let outerBlocks = openBlocks
    let outerFrame = frame
    defer {
      inheritance = outer
      openBlocks = outerBlocks
      frame = outerFrame
    }
    openTemplates.append(index)
    defer { openTemplates.removeLast() }
    scopes.append(Scope())
    defer { scopes.removeLast() }
    openBlocks = []

    let frames = ancestry(of: index)
    var inheritance = Inheritance(scopeCount: scopes.count)
    for frame in frames {
      for (name, block) in library.templates[frame.template].tree.blocks {
        inheritance.definitions[name, default: []].append(Inheritance.Definition(block: block, frame: frame))
      }
    }
    self.inheritance = inheritance
    let nearest = frames.map { library.templates[$0.template].file.layer }.min()
    for definitions in inheritance.definitions.values where !isDetached {
      guard let definition = definitions.first, definitions.count > 1 else { continue }
      let name = definition.block.name
      // A theme below can't know which of its blocks a nearer one will do without.
      if library.templates[definition.frame.template].file.layer == nearest {
        let path = library.templates[definition.frame.template].path
        reached.replacements[Reached.Part(definition.frame.template, name)] = Location(
          path: path, range: name.range)
      }
    }
    for (level, frame) in frames.enumerated() {
      self.frame = frame
      let statements = library.templates[frame.template].tree.statements
      if level == frames.count - 1 {
        compile(statements)
      } else {
        let inherited = frames[(level + 1)...].flatMap {
          library.templates[$0.template].tree.blocks.keys
        }
        compileOutsideBlocks(statements, inherited: Set(inherited))
      }
    }
  }

  /// The template at `index` and those that it extends, in order.
  private mutating func ancestry(of index: Int) -> [Frame] {
    var result = [frame]
    result[0].template = index
    var seen: Set<Int> = [index]
    reached.templates.insert(index)
    while let last = result.last, let parent = library.templates[last.template].tree.parent {
      frame = last
      guard let next = library.find(parent.text, from: last.template) else {
        report(.unknownTemplate(parent, among: library.names, location(parent.range)))
        break
      }
      guard seen.insert(next).inserted, !openTemplates.dropLast().contains(next) else {
        report(.cycle("extends", location(parent.range), fix: parentFix(parent)))
        break
      }
      reached.templates.insert(next)
      let note = Diagnostic.Note("extended from here", at: location(parent.range))
      result.append(Frame(template: next, notes: [note] + last.notes))
    }
    return result
  }

  /// For a template that extends one of its own name: how to name the one in the theme below.
  private func parentFix(_ name: TemplateName) -> String? {
    let isOwn = library.templates[frame.template].file.name == name.text
    let parent = TemplateLibrary.parentPrefix + name.text
    guard isOwn, library.find(parent, from: frame.template) != nil else { return nil }
    return "write \"\(parent)\" for the template of the theme that this one extends"
  }

  /// Compiles what a template that extends another has outside its blocks: variables and macros; anything
  /// else would never be shown.
  private mutating func compileOutsideBlocks(_ statements: [Statement], inherited: Set<String>) {
    for statement in statements {
      switch statement.kind {
      case .assign, .capture, .macro:
        let outer = position
        position = .start
        compile(statement)
        position = outer
      case .text:
        let bytes = library.templates[frame.template].file.source.bytes
        let range = statement.range.indices
        let start = Whitespace.skipping(in: bytes, from: range.lowerBound, to: range.upperBound)
        if start < range.upperBound {
          let end = Whitespace.trimming(in: bytes, from: start, to: range.upperBound)
          let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
          report(.outsideBlock("this text", location(ByteRange(start, lineEnd))))
        }
      case .output: report(.outsideBlock("this output", location(statement.range)))
      case .loop: report(.outsideBlock("this loop", location(statement.range)))
      case .include: report(.outsideBlock("this include", location(statement.range)))
      case .conditional(let branches, let otherwise):
        let onlySets = (branches.flatMap(\.body) + (otherwise ?? [])).allSatisfy { inner in
          switch inner.kind {
          case .assign, .capture, .macro, .text, .conditional: true
          default: false
          }
        }
        if onlySets {
          compileSilently(statement)
        } else {
          report(.outsideBlock("this 'if'", location(statement.range)))
        }
      case .block(let block):
        if !inherited.contains(block.name.text) {
          report(.unknownBlock(block.name.text, among: inherited.sorted(), location(block.name.range)))
        }
      }
    }
  }

  /// Compiles a statement whose text is not to be seen.
  private mutating func compileSilently(_ statement: Statement) {
    let outer = position
    position = .start
    let slot = takeSlot()
    let start = emit(.capture(slot: slot, end: 0))
    placeTarget()
    compile(statement)
    program.instructions[start] = .capture(slot: slot, end: here)
    placeTarget()
    position = outer
  }

  // MARK: - Blocks

  /// Compiles a block where it stands, in the definition that counts.
  mutating func compileBlock(_ block: Block) {
    guard let definition = inheritance?.definitions[block.name.text]?.first else {
      // The body of a macro or block that is checked on its own.
      if isDetached { compile(block.body) }
      return
    }
    if definition.block.isRequired {
      report(.requiredBlock(block.name.text, location(block.name.range)))
    }
    compileDefinition(block.name.text, level: 0, isScoped: block.isScoped)
  }

  private mutating func compileDefinition(_ name: String, level: Int, isScoped: Bool) {
    guard let inheritance, let definitions = inheritance.definitions[name], level < definitions.count
    else { return }
    guard !openBlocks.contains(where: { $0 == (name, level) }) else {
      report(.cycle("block", location(definitions[level].block.name.range), fix: nil))
      return
    }
    reached.parts.insert(
      Reached.Part(definitions[level].frame.template, definitions[level].block.name))
    let outerFrame = frame
    let outerScopes = scopes
    let slot = nextSlot
    openBlocks.append((name, level))
    frame = definitions[level].frame
    if !isScoped { scopes = Array(scopes[..<min(inheritance.scopeCount, scopes.count)]) }
    scopes.append(Scope())
    let start = position
    compile(definitions[level].block.body)
    checkEnd(ofBlock: name, level: level, from: start)
    scopes = outerScopes
    frame = outerFrame
    openBlocks.removeLast()
    nextSlot = slot
  }

  /// Warns of a block that replaces another and leaves the HTML neither as it was nor as the replaced one would: what
  /// that breaks shows only in what follows, perhaps in another template.
  private mutating func checkEnd(ofBlock name: String, level: Int, from start: MarkupPosition) {
    guard !isTrial, let definitions = inheritance?.definitions[name], level + 1 < definitions.count,
      !position.isAlike(start)
    else { return }
    var trial = self
    trial.isTrial = true
    trial.position = start
    trial.compileDefinition(name, level: level + 1, isScoped: true)
    work = trial.work
    guard !position.isAlike(trial.position) else { return }
    let block = definitions[level].block.name
    report(.blockEndsApart(name, start, trial.position, position, location(block.range)))
  }

  /// Compiles `{{ self.title() }}`: the block once more, in the definition that counts.
  mutating func compileBlockAgain(_ name: Name) {
    // The body of a macro or block that is checked on its own.
    if isDetached { return }
    guard let definitions = inheritance?.definitions, definitions[name.text] != nil else {
      report(
        .unknownOwnBlock(
          name.text, among: (inheritance?.definitions.keys).map { $0.sorted() } ?? [], location(name.range)))
      return
    }
    compileDefinition(name.text, level: 0, isScoped: false)
  }

  /// Compiles `{{ super() }}`.
  mutating func compileSuper(_ range: ByteRange) {
    if isDetached, !openBlocks.isEmpty { return }
    guard let open = openBlocks.last, let definitions = inheritance?.definitions[open.name] else {
      report(.superOutsideBlock(location(range)))
      return
    }
    guard open.level + 1 < definitions.count else {
      report(.superWithoutParent(open.name, location(range)))
      return
    }
    compileDefinition(open.name, level: open.level + 1, isScoped: true)
  }

  // MARK: - Includes

  mutating func compileInclude(_ name: TemplateName, ignoresMissing: Bool) {
    guard let index = library.find(name.text, from: frame.template) else {
      if !ignoresMissing {
        report(.unknownTemplate(name, among: library.names, location(name.range)))
      }
      return
    }
    guard !openTemplates.contains(index) else {
      report(.cycle("include", location(name.range), fix: parentFix(name)))
      return
    }
    guard openTemplates.count < Compiler.includeDepthLimit else {
      report(.tooDeep(location(name.range)))
      return
    }
    let outerFrame = frame
    frame = Frame(
      template: index, notes: [Diagnostic.Note("included from here", at: location(name.range))] + frame.notes)
    let slot = nextSlot
    asPartial(index) { $0.compileTemplate(index) }
    nextSlot = slot
    frame = outerFrame
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unknownTemplate(
    _ name: TemplateName, among names: [String], _ location: Location
  ) -> Diagnostic {
    if name.text.hasPrefix(TemplateLibrary.parentPrefix) {
      let rest = name.text.dropFirst(TemplateLibrary.parentPrefix.count)
      return .error(
        "template/unknown-template", "no theme that this one extends has a template '\(rest)'", at: location)
    }
    return .error(
      "template/unknown-template", "there is no template '\(name.text)'", at: location,
      fix: didYouMean(name.text, among: names))
  }

  fileprivate static func cycle(_ kind: String, _ location: Location, fix: String?) -> Diagnostic {
    let what =
      switch kind {
      case "extends": "this template extends itself"
      case "include": "this template includes itself"
      default: "this block contains itself"
      }
    return .error("template/cycle", what, at: location, fix: fix)
  }

  fileprivate static func outsideBlock(_ what: String, _ location: Location) -> Diagnostic {
    .error(
      "template/outside-block",
      "\(what) is never shown: a template that extends another shows only its blocks", at: location,
      fix: "put it into a block")
  }

  fileprivate static func unknownBlock(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-block", "the template that this one extends has no block '\(name)'", at: location,
      fix: didYouMean(name, among: names)
        ?? (names.isEmpty ? nil : "it has " + names.map { "'\($0)'" }.joined(separator: ", ")))
  }

  fileprivate static func unknownOwnBlock(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-block", "neither this template nor one that it extends has a block '\(name)'",
      at: location, fix: didYouMean(name, among: names))
  }

  fileprivate static func requiredBlock(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/required-block", "the block '\(name)' must be given by a template that extends this one",
      at: location, fix: "write '{% block \(name) %}…{% endblock %}' there")
  }

  fileprivate static func blockEndsApart(
    _ name: String, _ start: MarkupPosition, _ wanted: MarkupPosition, _ end: MarkupPosition,
    _ location: Location
  ) -> Diagnostic {
    let replaced =
      wanted.isAlike(start) ? "begins" : "begins \(start.description), and the one that it replaces ends"
    return .warning(
      "template/html-block",
      "the block '\(name)' \(replaced) \(wanted.description), but ends \(end.description)", at: location,
      fix: "let it close what it opens")
  }

  fileprivate static func superOutsideBlock(_ location: Location) -> Diagnostic {
    .error(
      "template/no-super", "'super()' stands for the block that a block replaces, and this is not in a block",
      at: location)
  }

  fileprivate static func superWithoutParent(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/no-super", "the block '\(name)' replaces no other, so there is no 'super()'", at: location)
  }
}
