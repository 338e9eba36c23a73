import SourceText

/// The rendering of one page: runs a program's instructions.
struct Execution: ~Copyable {
  let program: Program
  let fields: [@Sendable (UInt64) -> Value]
  let base: String?
  var slots: [Value]
  var links: LinkStyle
  let byteLimit: Int
  var isCutShort = false
  /// The innermost instruction that was running when the page was cut short.
  private(set) var lastInstruction: Int?
  /// How many rounds of loops are left.
  private var rounds = Execution.roundLimit

  /// A page larger than this is cut short.
  static let pageByteLimit = 64 << 20
  /// No text larger than this is made of others.
  static let textByteLimit = 8 << 20
  /// How many rounds all loops of a page may take together.
  static let roundLimit = 20_000_000
  /// How deep recursive loops go.
  static let recursionLimit = 64

  init(
    program: Program, fields: [@Sendable (UInt64) -> Value], base: String?, slots: [Value], links: LinkStyle,
    byteLimit: Int
  ) {
    self.program = program
    self.fields = fields
    self.base = base
    self.slots = slots
    self.links = links
    self.byteLimit = byteLimit
  }

  /// Runs the instructions from `start` up to `end`.
  mutating func run(_ start: Int, _ end: Int, into buffer: inout ByteBuffer, partials: inout PartialCache) {
    var index = start
    while index < end {
      switch program.instructions[index] {
      case .text(let first, let count):
        buffer.append(program.text, in: Int(first)..<Int(first + count))
        index += 1
      case .write(let node, let writer):
        guard buffer.count <= byteLimit, !isCutShort else {
          isCutShort = true
          noteLast(index)
          return
        }
        write(node, writer, into: &buffer)
        if isCutShort { noteLast(index) }
        index += 1
      case .branch(let node, let target):
        let isTaken = isTrue(node)
        if isCutShort { noteLast(index) }
        index = isTaken ? index + 1 : Int(target)
      case .jump(let target):
        index = Int(target)
      case .loop(let number):
        let plan = program.loops[Int(number)]
        runLoop(plan, list(plan.sequence), depth: 0, into: &buffer, partials: &partials)
        if isCutShort { noteLast(index) }
        index = Int(plan.end)
      case .recurse(let number, let sequence):
        recurse(program.loops[Int(number)], list(sequence), into: &buffer, partials: &partials)
        index += 1
      case .assign(let slot, let node):
        slots[Int(slot)] = evaluate(node)
        if isCutShort { noteLast(index) }
        index += 1
      case .capture(let slot, let target):
        var captured = ByteBuffer()
        run(index + 1, Int(target), into: &captured, partials: &partials)
        slots[Int(slot)] = .markup(Markup(bytes: captured.bytes))
        index = Int(target)
      case .partial(let number, let target):
        runPartial(Int(number), index + 1, Int(target), into: &buffer, partials: &partials)
        index = Int(target)
      }
    }
  }

  private mutating func noteLast(_ index: Int) { lastInstruction = lastInstruction ?? index }

  private mutating func runPartial(
    _ number: Int, _ start: Int, _ end: Int, into buffer: inout ByteBuffer, partials: inout PartialCache
  ) {
    let outer = links
    links = links.independentOfPage
    defer { links = outer }
    if let bytes = partials.bytes(of: number, links: links) {
      buffer.append(bytes)
      return
    }
    let first = buffer.count
    run(start, end, into: &buffer, partials: &partials)
    partials.keep(Array(buffer.bytes[first...]), of: number, links: links)
  }

  /// Runs instructions as the value of an expression.
  mutating func capture(_ start: Int32, _ end: Int32) -> Markup {
    var buffer = ByteBuffer()
    var partials = PartialCache()
    run(Int(start), Int(end), into: &buffer, partials: &partials)
    return Markup(bytes: buffer.bytes)
  }

  // MARK: - Loops

  private mutating func runLoop(
    _ plan: LoopPlan, _ list: ValueList, depth: Int, into buffer: inout ByteBuffer,
    partials: inout PartialCache
  ) {
    var list = list
    if plan.condition >= 0 { list = selecting(list, plan) }
    let count = list.count
    guard count > 0 else {
      run(Int(plan.bodyEnd), Int(plan.end), into: &buffer, partials: &partials)
      return
    }
    let state = Int(plan.stateSlot)
    slots[state + 1] = .integer(count)
    slots[state + 2] = .integer(depth)
    for index in 0..<count {
      guard takeRound(buffer.count) else { return }
      slots[state] = .integer(index)
      bind(list[index], plan)
      run(Int(plan.bodyStart), Int(plan.bodyEnd), into: &buffer, partials: &partials)
    }
  }

  private mutating func bind(_ element: Value, _ plan: LoopPlan) {
    let slot = Int(plan.slot)
    if plan.isUnpacking {
      slots[slot] = part(element, 0)
      slots[slot + 1] = part(element, 1)
    } else {
      slots[slot] = element
    }
  }

  private mutating func selecting(_ list: ValueList, _ plan: LoopPlan) -> ValueList {
    var kept: [Int] = []
    for index in 0..<list.count {
      bind(list[index], plan)
      if isTrue(plan.condition) { kept.append(index) }
    }
    return list.gathering(kept)
  }

  private mutating func recurse(
    _ plan: LoopPlan, _ list: ValueList, into buffer: inout ByteBuffer, partials: inout PartialCache
  ) {
    guard case .integer(let depth) = slots[Int(plan.stateSlot) + 2], depth + 1 < Execution.recursionLimit
    else { return }
    let range = Int(plan.firstSlot)..<Int(plan.lastSlot)
    let saved = Array(slots[range])
    runLoop(plan, list, depth: depth + 1, into: &buffer, partials: &partials)
    slots.replaceSubrange(range, with: saved)
  }

  /// Takes `count` from the work that a page may cost; false when there is none left.
  mutating func spend(_ count: Int) -> Bool {
    rounds -= count
    if rounds < 0 { isCutShort = true }
    return !isCutShort
  }

  /// `value` if the page can afford it: making text costs work, and so do lists.
  mutating func affordable(_ value: Value) -> Value {
    switch value {
    case .string(let text):
      let count = text.utf8.count
      guard count >= 64 else { return value }
      if count > Execution.textByteLimit { isCutShort = true }
      return spend(count >> 4) ? value : .string("")
    case .list(let list): return spend(list.count) ? value : .list(.values([]))
    default: return value
    }
  }

  private mutating func takeRound(_ byteCount: Int) -> Bool {
    rounds -= 1
    if rounds < 0 || byteCount > byteLimit { isCutShort = true }
    return !isCutShort
  }
}
