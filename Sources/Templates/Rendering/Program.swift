import SourceText

/// Compiled templates: instructions over numbered slots, fields and constants.
struct Program: Sendable {
  typealias NodeIndex = Int32

  /// All text of all templates.
  var text: [UInt8] = []
  var instructions: [Instruction] = []
  var nodes: [Node] = []
  var constants: [Value] = []
  /// Node indices of arguments and parts, in runs.
  var arguments: [NodeIndex] = []
  var loops: [LoopPlan] = []
  var gatherings: [Gathering] = []
  var dateFormats: [DateFormat] = []
  var phrases: [PhraseTable] = []
  var entries: [Entry] = []
  var partialCount = 0
  /// Where the instructions come from that may cost much, in their order.
  var origins: [Origin] = []

  /// The place of the statement whose instructions begin at `start`.
  struct Origin: Sendable {
    var start: Int32
    var location: Location
  }

  /// The place of the statement that the instruction at `index` belongs to.
  ///
  /// - Complexity: O(*n*) in the number of statements; it is asked only of a page that is cut short.
  func location(of index: Int) -> Location? { origins.last { $0.start <= index }?.location }

  /// Where the template of one kind of page begins and ends.
  struct Entry: Sendable {
    var start: Int32
    var end: Int32
    var slotCount: Int
    /// How many values each render is given; they fill the first slots.
    var valueCount: Int

    /// What renders nothing.
    static let empty = Entry(start: 0, end: 0, slotCount: 0, valueCount: 0)
  }
}

extension Program {
  /// The same in arrays of its own, whose references are counted by nobody else.
  var copy: Program {
    func copied<Element>(_ array: [Element]) -> [Element] { array.map { $0 } }
    var copy = self
    copy.text = copied(text)
    copy.instructions = copied(instructions)
    copy.nodes = copied(nodes)
    copy.constants = copied(constants)
    copy.arguments = copied(arguments)
    copy.loops = copied(loops)
    copy.gatherings = copied(gatherings)
    copy.dateFormats = dateFormats.map(\.copy)
    copy.phrases = copied(phrases)
    copy.entries = copied(entries)
    return copy
  }

  /// How much there is of a program that is being written.
  struct Length {
    fileprivate let text, instructions, nodes, constants, arguments, loops, gatherings, dateFormats, phrases,
      origins: Int
    fileprivate let partialCount: Int
  }

  var length: Length {
    Length(
      text: text.count, instructions: instructions.count, nodes: nodes.count, constants: constants.count,
      arguments: arguments.count, loops: loops.count, gatherings: gatherings.count,
      dateFormats: dateFormats.count,
      phrases: phrases.count, origins: origins.count, partialCount: partialCount)
  }

  /// Takes away what was added since it had `length`.
  mutating func cut(to length: Length) {
    text.removeSubrange(length.text...)
    instructions.removeSubrange(length.instructions...)
    nodes.removeSubrange(length.nodes...)
    constants.removeSubrange(length.constants...)
    arguments.removeSubrange(length.arguments...)
    loops.removeSubrange(length.loops...)
    gatherings.removeSubrange(length.gatherings...)
    dateFormats.removeSubrange(length.dateFormats...)
    phrases.removeSubrange(length.phrases...)
    origins.removeSubrange(length.origins...)
    partialCount = length.partialCount
  }
}

/// One step of rendering. Positions are indices of instructions.
enum Instruction: Sendable {
  /// Writes bytes of the text pool.
  case text(start: Int32, count: Int32)
  /// Writes an expression's value.
  case write(Int32, ValueWriter)
  /// Goes to `target` unless the expression is true.
  case branch(Int32, target: Int32)
  case jump(Int32)
  /// Runs the body, which follows, for each element; goes on at the loop's end.
  case loop(Int32)
  /// Runs the body of the enclosing recursive loop for other elements.
  case recurse(loop: Int32, sequence: Int32)
  case assign(slot: Int32, Int32)
  /// Runs what follows up to `end` into a markup value.
  case capture(slot: Int32, end: Int32)
  /// What follows up to `end` does not depend on the page: copies it from the cache if it is there.
  case partial(Int32, end: Int32)
}

/// How a value is written, decided by the place where it stands.
enum ValueWriter: UInt8, Sendable {
  /// Escaped; markup and links as they are.
  case escaped
  /// A URL's start: escaped after its scheme was checked.
  case url
  /// More of a URL whose scheme is not settled: must not bring one.
  case urlPart
  /// One or more URLs of a list: escaped after the scheme of each was checked.
  case urlList
  /// As JSON.
  case json
  /// As it is: numbers, and strings that the compiler has checked.
  case plain
}

/// An expression. Operands are indices of nodes.
enum Node: Sendable {
  case constant(Int32)
  case slot(Int32)
  case global(field: Int32)
  case field(Int32, field: Int32)
  /// A field of the object in a slot.
  case slotField(slot: Int32, field: Int32)
  /// A named value of a dynamic value; the name is a constant.
  case entry(Int32, key: Int32)
  case element(Int32, Int32)
  case part(Int32, Int32)
  case subrange(Int32, arguments: Int32)
  case loopIndex(slot: Int32, offset: Int32)
  case loopReverseIndex(slot: Int32, offset: Int32)
  case loopFirst(slot: Int32)
  case loopLast(slot: Int32)
  case loopLength(slot: Int32)
  /// One of the arguments after the other, by the number of the round.
  case cycle(slot: Int32, arguments: Int32, count: Int32)
  /// Whole numbers from a start to a stop by a step.
  case range(arguments: Int32)
  case not(Int32)
  case and(Int32, Int32)
  case or(Int32, Int32)
  case conditional(Int32, Int32, Int32)
  case compare(ComparisonOperator, Int32, Int32)
  case arithmetic(ArithmeticOperator, Int32, Int32)
  case negative(Int32)
  case concatenation(arguments: Int32, count: Int32)
  case list(arguments: Int32, count: Int32)
  case filter(FilterOperation, Int32, arguments: Int32)
  case test(TestOperation, Int32, argument: Int32)
  /// Uses `default` where the value is missing, or false if `orFalse`.
  case standard(Int32, Int32, orFalse: Bool)
  case gather(Int32)
  case date(Int32, format: Int32)
  case phrase(Int32, table: Int32)
  /// Runs instructions into a markup value.
  case call(start: Int32, end: Int32)
  /// Text as markup, escaped.
  case escape(Int32)
}

/// How a loop runs.
struct LoopPlan: Sendable {
  var sequence: Int32
  /// The slot of the element; with unpacking, of its first part, and the second part is in the next.
  var slot: Int32
  var isUnpacking = false
  /// The slot of the number of rounds done; the number of elements is in the next, the depth in the one after.
  var stateSlot: Int32
  var condition: Int32 = -1
  var bodyStart: Int32 = 0
  var bodyEnd: Int32 = 0
  /// The instructions for an empty sequence are between `bodyEnd` and `end`.
  var end: Int32 = 0
  /// The slots that the loop uses, saved around a recursion.
  var firstSlot: Int32 = 0
  var lastSlot: Int32 = 0
}

/// A filter that works on every element of a list: an expression over a slot that holds the element.
struct Gathering: Sendable {
  enum Operation: Sendable {
    case map
    case select
    case reject
    /// Keys are the arguments' nodes in order.
    case sort(isReversed: Bool, isCaseSensitive: Bool)
    case unique(isCaseSensitive: Bool)
    case group(isCaseSensitive: Bool)
    case sum(start: Int32)
    case minimum(isCaseSensitive: Bool)
    case maximum(isCaseSensitive: Bool)
  }

  var operation: Operation
  var list: Int32
  var slot: Int32
  /// The expressions over the slot: one, or for `sort` the keys.
  var bodies: [Int32]
}

/// Words to choose from at render time, in order of their keys.
struct PhraseTable: Sendable {
  var keys: [String]
  var phrases: [String]
}
