import SourceText

/// A piece of a template's source.
struct Token: Sendable {
  enum Kind: Sendable, Hashable {
    /// Text outside tags, after whitespace control.
    case text
    /// `{{`
    case outputStart
    /// `}}`
    case outputEnd
    /// `{%`
    case tagStart
    /// `%}`
    case tagEnd
    case name(String)
    case integer(Int)
    case number(Double)
    case string(String)
    case symbol(Symbol)
    /// The end of the source.
    case end
  }

  enum Symbol: String, Sendable, CaseIterable {
    case power = "**"
    case floorDivide = "//"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case assign = "="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case tilde = "~"
    case pipe = "|"
    case dot = "."
    case comma = ","
    case colon = ":"
    case semicolon = ";"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
  }

  var kind: Kind
  var range: ByteRange
}

extension Token {
  /// The token as an error message calls it.
  var description: String {
    switch kind {
    case .text: "text"
    case .outputStart: "'{{'"
    case .outputEnd: "the end of the output '}}'"
    case .tagStart: "'{%'"
    case .tagEnd: "the end of the tag '%}'"
    case .name(let name): "'\(name)'"
    case .integer(let value): "'\(value)'"
    case .number(let value): "'\(value)'"
    case .string: "a text in quotes"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .end: "the end of the file"
    }
  }
}
