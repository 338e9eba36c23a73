import SourceText

/// Checks templates and turns them into a ``Program``.
///
/// Every entry template is compiled with what it includes and extends inlined, in the scope of its own kind
/// of page; the same mistake found through two entries is reported once.
struct Compiler {
  let input: TemplateSetInput
  let schema: Schema
  let library: TemplateLibrary
  var program = Program()
  var diagnostics: [Diagnostic] = []
  private var reported: Set<Report> = []
  /// The words and assets that templates name.
  var usage = TemplateSet.Usage()
  /// What some entry has compiled, and so checked.
  var reached = Reached()
  /// Whether what is compiled belongs to no entry, so that its variables are not known.
  var isDetached = false
  /// Whether all that is asked is where in the HTML a block ends.
  var isTrial = false
  private var partials: [PartialKey: Int32] = [:]
  /// Types that filters make: groups and pairs.
  var parts: [PartsType] = []

  // What follows is about the place that is being compiled.

  /// The template being compiled, and how it was reached from the entry.
  var frame = Frame(template: 0, notes: [])
  var scopes: [Scope] = []
  /// What is known not to be missing here, as ``Typed/key``.
  var facts: Set<String> = []
  /// What is known not to be missing in the elements of lists, by the lists' keys.
  var elementFacts: [String: Set<String>] = [:]
  var position = MarkupPosition.start
  /// What is wrong with the elements of the page, which counts only if nothing else is wrong with its HTML.
  private var elementMistakes: [Diagnostic] = []
  private var isMarkupSound = true
  /// Where the bodies of loops begin, by the loops' numbers.
  var loopStarts: [Int32: MarkupPosition] = [:]
  var nextSlot: Int32 = 0
  private var slotLimit: Int32 = 0
  private var nextVariable = 0
  /// For every include that is being compiled, whether it depends on the page.
  private var includeDependence: [Bool] = []
  var inheritance: Inheritance?
  /// The blocks being compiled, innermost last, as their names and levels.
  var openBlocks: [(name: String, level: Int)] = []
  var openMacros: [String] = []
  var openTemplates: [Int] = []
  var work = 0
  /// How many statements surround the one being compiled.
  var nesting = 0
  /// No instruction from here on may be merged with the one before.
  var mergeBarrier = 0

  private static let workLimit = 200_000
  private static let textLimit = 64 << 20

  private struct Report: Hashable {
    var path: String
    var range: ByteRange
    var id: String
  }

  private struct PartialKey: Hashable {
    var template: Int
    var position: MarkupPosition
  }

  /// The template being compiled.
  struct Frame {
    var template: Int
    /// How it was reached, innermost first.
    var notes: [Diagnostic.Note]
  }

  init(_ input: TemplateSetInput, schema: Schema) {
    self.input = input
    self.schema = schema
    var found: [Diagnostic] = []
    library = TemplateLibrary(input.files, diagnostics: &found)
    // What is mistaken stands for this node.
    program.constants = [.none]
    program.nodes = [.constant(0)]
    for diagnostic in found { report(diagnostic) }
  }
}

// MARK: - Entries

extension Compiler {
  /// Compiles the template of one kind of page.
  mutating func compileEntry(_ page: Schema.PageKind) {
    guard let template = library.find(page.template) else {
      report(.missingEntry(page, among: library.names))
      program.entries.append(.empty)
      return
    }
    start(template, page.fields)
    let file = library.templates[template].file
    if file.isBlank {
      report(.emptyEntry(file.name, Location(path: file.source.path, range: ByteRange(at: 0))))
    }
    if let block = blockWithoutPage(template) {
      report(.extendsNothing(block.text, file.name, location(block.range)))
    }
    let valueCount = Int(nextSlot)
    let start = Int32(program.instructions.count)
    mergeBarrier = program.instructions.count
    compileTemplate(template)
    if position.place != .text {
      let end = library.templates[frame.template].file.source.bytes.count
      report(.endsInside(position, location(ByteRange(at: end))))
    }
    for element in position.open.atEnd {
      noteElement(.unclosedElement(element.name, element.place { _ in location(ByteRange(at: 0)) }))
    }
    if isMarkupSound {
      for mistake in elementMistakes { add(mistake) }
    }
    program.entries.append(
      Program.Entry(
        start: start, end: Int32(program.instructions.count), slotCount: Int(slotLimit),
        valueCount: valueCount))
  }

  /// The first block of a template that is made of blocks alone, as if it extended the one whose place it takes.
  private func blockWithoutPage(_ template: Int) -> Name? {
    let (tree, file) = (library.templates[template].tree, library.templates[template].file)
    guard tree.parent == nil, library.find(TemplateLibrary.parentPrefix + file.name, from: template) != nil,
      tree.statements.allSatisfy({ statement in
        switch statement.kind {
        case .block, .assign, .capture, .macro: true
        case .text: file.source.bytes[statement.range.indices].allSatisfy { $0 <= 0x20 }
        default: false
        }
      })
    else { return nil }
    return tree.blocks.values.map(\.name).min { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Begins anew at `template`, with the globals and the variables `fields`.
  mutating func start(_ template: Int, _ fields: [Schema.Field]) {
    frame = Frame(template: template, notes: [])
    scopes = [Scope()]
    facts = []
    elementFacts = [:]
    position = .start
    elementMistakes = []
    isMarkupSound = true
    nextSlot = 0
    slotLimit = 0
    includeDependence = []
    inheritance = nil
    openBlocks = []
    openMacros = []
    openTemplates = []
    work = 0
    nesting = 0
    for (index, global) in schema.globals.enumerated() where !global.isPerPage {
      declare(global.name, .global(Int32(schema.globalNumber(index))), global.type)
    }
    for field in schema.globals.filter(\.isPerPage) + fields {
      declare(field.name, .slot(takeSlot()), field.type, isPerPage: true)
    }
  }
}

// MARK: - Reporting

extension Compiler {
  func location(_ range: ByteRange) -> Location {
    Location(path: library.templates[frame.template].path, range: range)
  }

  /// The source's text of `range`, on one line.
  func text(_ range: ByteRange) -> String {
    let text = library.templates[frame.template].file.source.text(in: range)
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Reports `diagnostic` unless the same was said of the same place; adds how the place was reached.
  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostic.id.hasPrefix("template/html-") {
      if isDetached { return }
      isMarkupSound = false
    }
    var diagnostic = diagnostic
    diagnostic.notes += frame.notes
    add(diagnostic)
  }

  /// Takes note of an element that is not closed, or was not opened.
  mutating func noteElement(_ mistake: Diagnostic) {
    if isDetached { return }
    var mistake = mistake
    // It is noticed where what surrounds it ends, and how that was reached says nothing of the file it stands in.
    if mistake.location?.path == library.templates[frame.template].path { mistake.notes += frame.notes }
    elementMistakes.append(mistake)
  }

  /// Adds a diagnostic, unless another page had it.
  private mutating func add(_ diagnostic: Diagnostic) {
    let key = Report(
      path: diagnostic.location?.path ?? diagnostic.message,
      range: diagnostic.location?.range ?? ByteRange(at: 0),
      id: diagnostic.id)
    if reported.insert(key).inserted { diagnostics.append(diagnostic) }
  }

  /// Counts one piece of work; false, and a report, when a template has grown beyond all measure.
  mutating func mayContinue(_ range: ByteRange) -> Bool {
    work += 1
    if work < Compiler.workLimit, program.text.count > Compiler.textLimit { work = Compiler.workLimit }
    if work == Compiler.workLimit { report(.tooLarge(location(range))) }
    return work < Compiler.workLimit
  }
}

// MARK: - Variables

extension Compiler {
  /// The names of one template, block, loop or macro.
  struct Scope {
    var variables: [String: Variable] = [:]
  }

  /// What a name means.
  struct Variable {
    enum Binding {
      case slot(Int32)
      case global(Int32)
      /// `loop`: the plan's index and the slot of the loop's state.
      case loop(Int32, stateSlot: Int32, element: ValueType?)
      case macro(Macro, Frame)
    }

    var binding: Binding
    /// `nil` when a mistake was reported about it.
    var type: ValueType?
    /// Tells it from others in keys of facts.
    var number: Int
    /// Whether its value differs from page to page.
    var isPerPage: Bool
    /// How many includes surround its declaration.
    var includeDepth: Int
    /// Two types of which it may be either, after an `if` that sets it differently.
    var conflict: [ValueType] = []

    var key: String { "$\(number);" }
  }

  @discardableResult
  mutating func declare(
    _ name: String, _ binding: Variable.Binding, _ type: ValueType?, isPerPage: Bool = false,
    conflict: [ValueType] = []
  ) -> Variable {
    nextVariable += 1
    let variable = Variable(
      binding: binding, type: type, number: nextVariable, isPerPage: isPerPage,
      includeDepth: includeDependence.count, conflict: conflict)
    scopes[scopes.count - 1].variables[name] = variable
    return variable
  }

  /// A key for something without a name.
  mutating func freshKey() -> String {
    nextVariable += 1
    return "$\(nextVariable);"
  }

  /// The variable `name` as seen from here.
  func find(_ name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope.variables[name] { return variable }
    }
    return nil
  }

  var visibleNames: [String] {
    scopes.reversed().flatMap { $0.variables.keys.sorted() } + Compiler.functionNames + ["options"]
  }

  /// Remembers that `variable` is read: an include that reads what was set outside it depends on the page.
  mutating func noteRead(_ variable: Variable) {
    if case .global = variable.binding { return }
    let first = variable.isPerPage ? 0 : variable.includeDepth
    for index in min(first, includeDependence.count)..<includeDependence.count {
      includeDependence[index] = true
    }
  }

  mutating func takeSlot() -> Int32 {
    nextSlot += 1
    slotLimit = max(slotLimit, nextSlot)
    return nextSlot - 1
  }

  /// Runs `body` in a scope of its own, whose slots are free again afterwards.
  mutating func inScope<Result>(_ body: (inout Compiler) -> Result) -> Result {
    let slot = nextSlot
    scopes.append(Scope())
    let result = body(&self)
    scopes.removeLast()
    nextSlot = slot
    return result
  }
}

// MARK: - Instructions

extension Compiler {
  var here: Int32 { Int32(program.instructions.count) }

  @discardableResult
  mutating func emit(_ instruction: Instruction) -> Int {
    program.instructions.append(instruction)
    return program.instructions.count - 1
  }

  /// Says that jumps lead here.
  mutating func placeTarget() { mergeBarrier = program.instructions.count }

  /// Writes fixed bytes.
  mutating func emitText(_ bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty else { return }
    let start = program.text.count
    program.text.append(contentsOf: bytes)
    let index = program.instructions.count - 1
    if index >= mergeBarrier, case .text(let first, let count) = program.instructions[index],
      Int(first + count) == start
    {
      program.instructions[index] = .text(start: first, count: count + Int32(bytes.count))
    } else {
      emit(.text(start: Int32(start), count: Int32(bytes.count)))
    }
  }

  mutating func add(_ node: Node) -> Int32 {
    program.nodes.append(node)
    return Int32(program.nodes.count - 1)
  }

  mutating func constant(_ value: Value) -> Int32 {
    program.constants.append(value)
    return Int32(program.constants.count - 1)
  }

  /// Stores a run of nodes; -1 stands for an argument that was left out.
  mutating func store(_ nodes: [Int32]) -> Int32 {
    program.arguments.append(contentsOf: nodes)
    return Int32(program.arguments.count - nodes.count)
  }

  /// Compiles an include's body so that it is rendered once if it does not depend on the page.
  mutating func asPartial(_ template: Int, _ body: (inout Compiler) -> Void) {
    let key = PartialKey(template: template, position: position)
    let start = emit(.jump(here + 1))
    includeDependence.append(false)
    placeTarget()
    body(&self)
    let depends = includeDependence.removeLast()
    let isFixed = program.instructions[(start + 1)...].allSatisfy {
      if case .text = $0 { true } else { false }
    }
    placeTarget()
    guard !depends, !isFixed, position == key.position else { return }
    let number = partials[key] ?? Int32(partials.count)
    partials[key] = number
    program.partialCount = partials.count
    program.instructions[start] = .partial(number, end: here)
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func missingEntry(_ page: Schema.PageKind, among names: [String]) -> Diagnostic {
    .error(
      "template/missing-entry", "the theme has no template '\(page.template)'", at: nil,
      fix: didYouMean(page.template, among: names)
        ?? "add templates/\(page.template): \(page.summary.prefixLowercased)")
  }

  fileprivate static func extendsNothing(_ block: String, _ name: String, _ location: Location) -> Diagnostic
  {
    .error(
      "template/extends-nothing",
      "'\(name)' is made of blocks alone and extends nothing, so that the block '\(block)' is the whole page",
      at: location, fix: "write {% extends \"\(TemplateLibrary.parentPrefix)\(name)\" %} above it")
  }

  fileprivate static func emptyEntry(_ name: String, _ location: Location) -> Diagnostic {
    .warning(
      "template/empty", "'\(name)' is empty, and so are the pages that are made from it", at: location,
      fix: "write the page, or delete the file if the theme extends one that has it")
  }

  fileprivate static func tooLarge(_ location: Location) -> Diagnostic {
    .error(
      "template/too-large", "the template grows too large with everything that it includes", at: location,
      fix: "include less inside of what is itself included many times")
  }

  fileprivate static func endsInside(_ position: MarkupPosition, _ location: Location) -> Diagnostic {
    .error("template/html-unfinished", "the page ends \(position.description)", at: location)
  }
}

extension String {
  fileprivate var prefixLowercased: String { prefix(1).lowercased() + dropFirst() }
}
