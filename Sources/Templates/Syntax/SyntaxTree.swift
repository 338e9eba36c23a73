import SourceText

/// An expression and its place.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case name(String)
    case field(Expression, Name)
    case item(Expression, Expression)
    case slice(Expression, from: Expression?, to: Expression?, step: Expression?)
    case call(Expression, Arguments)
    case filter(Expression, Name, Arguments)
    case test(Expression, Name, Arguments, isNegated: Bool)
    case negative(Expression)
    case positive(Expression)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case compare(Expression, [Comparison])
    case concatenation([Expression])
    case conditional(test: Expression, then: Expression, otherwise: Expression?)
    case list([Expression])
    /// Something that could not be parsed, and was reported.
    case invalid
  }

  var kind: Kind
  var range: ByteRange

  var isInvalid: Bool {
    if case .invalid = kind { true } else { false }
  }
}

enum ArithmeticOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
}

enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contained = "in"
  case notContained = "not in"
}

/// The right half of a comparison.
struct Comparison: Sendable {
  var operation: ComparisonOperator
  var right: Expression
}

/// A name and its place.
struct Name: Sendable {
  var text: String
  var range: ByteRange
}

/// What stands between the parentheses of a call.
struct Arguments: Sendable {
  var positional: [Expression] = []
  var named: [(name: Name, value: Expression)] = []
  /// The parentheses and what they hold, or the empty range after the name.
  var range: ByteRange

  var isEmpty: Bool { positional.isEmpty && named.isEmpty }
}

/// A piece of a template: text, an output or a tag with what it encloses.
struct Statement: Sendable {
  indirect enum Kind: Sendable {
    case text
    case output(Expression)
    case conditional([Branch], otherwise: [Statement]?)
    case loop(Loop)
    case assign(Name, Expression)
    case capture(Name, [Statement])
    case include(TemplateName, ignoresMissing: Bool)
    case block(Block)
    case macro(Macro)
  }

  var kind: Kind
  /// The text, or the tag that begins the statement.
  var range: ByteRange
}

/// One arm of an `if`.
struct Branch: Sendable {
  var test: Expression
  var body: [Statement]
}

/// A `for`.
struct Loop: Sendable {
  var variables: [Name]
  var sequence: Expression
  var condition: Expression?
  var isRecursive: Bool
  var body: [Statement]
  var otherwise: [Statement]?
}

/// The name of a template as an `include` or `extends` writes it.
struct TemplateName: Sendable {
  var text: String
  var range: ByteRange
}

/// A `block`.
struct Block: Sendable {
  var name: Name
  var isScoped: Bool
  var isRequired: Bool
  var body: [Statement]
}

/// A `macro`.
struct Macro: Sendable {
  var name: Name
  var parameters: [(name: Name, standard: Expression?)]
  var body: [Statement]
}

/// A parsed template.
struct SyntaxTree: Sendable {
  var statements: [Statement] = []
  var parent: TemplateName?
  /// Every block of the template, wherever it is nested, by name.
  var blocks: [String: Block] = [:]
  /// Every macro of the template, wherever it is nested.
  var macros: [Macro] = []
  /// Every name that is set, looped over or a macro's parameter anywhere in the template.
  var assignedNames: Set<String> = []
}
