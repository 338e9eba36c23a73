import SourceText

/// A filter that works on one value at render time.
enum FilterOperation: UInt8, Sendable {
  case upper, lower, title, capitalize, trim, truncate, wordCount, replace, stripTags, urlEncode, center,
    indent
  case length, first, last, join, reverse, slice, batch, items, sortedItems
  case absolute, json, number, absoluteValue, round, ceiling, floor, toInteger, toNumber, toText, safe
}

/// What a filter on text takes and gives.
private struct TextFilter {
  var operation: FilterOperation
  var parameters: [Parameter] = []
  var result = ValueType.string
}

extension Compiler {
  private static let textFilters: [String: TextFilter] = [
    "upper": TextFilter(operation: .upper),
    "lower": TextFilter(operation: .lower),
    "title": TextFilter(operation: .title),
    "capitalize": TextFilter(operation: .capitalize),
    "trim": TextFilter(operation: .trim, parameters: [.optional("chars", .string)]),
    "truncate": TextFilter(
      operation: .truncate,
      parameters: [
        .optional("length", .integer), .optional("killwords", .boolean), .optional("end", .string),
        .optional("leeway", .integer),
      ]),
    "wordcount": TextFilter(operation: .wordCount, result: .integer),
    "replace": TextFilter(
      operation: .replace,
      parameters: [.init("old", .string), .init("new", .string), .optional("count", .integer)]),
    "urlencode": TextFilter(operation: .urlEncode),
    "center": TextFilter(operation: .center, parameters: [.optional("width", .integer)]),
    "indent": TextFilter(
      operation: .indent,
      parameters: [.optional("width", .integer), .optional("first", .boolean), .optional("blank", .boolean)]),
  ]

  static var filterNames: [String] { textFilters.keys.sorted() }

  static let specialFilterNames = [
    "abs", "absolute", "batch", "count", "d", "date", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "int", "items", "join", "json", "last", "length", "list", "map", "max", "min", "number",
    "reject",
    "rejectattr", "reverse", "round", "safe", "select", "selectattr", "slice", "sort", "string", "striptags",
    "sum", "unique",
  ]

  static let unsupportedFilters = [
    "attr": "write the field after a dot: 'x.name'",
    "filesizeformat": "write '| number'",
    "forceescape": "write '| escape'",
    "format": "join texts and values with '~'",
    "pprint": "leave it out",
    "random": "take '| first': a page must come out the same every time",
    "tojson": "write '| json'",
    "urlize": "write links in Markdown",
    "wordwrap": "leave it out: browsers wrap text",
    "xmlattr": "write the attributes out",
  ]

  mutating func checkFilter(
    _ base: Expression, _ name: Name, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    apply(filter: name, to: check(base), arguments, range)
  }

  /// Checks the filter `name` of `base`, which was checked already.
  mutating func apply(filter name: Name, to base: Typed, _ arguments: Arguments, _ range: ByteRange) -> Typed
  {
    var result = applyFilter(name, base, arguments, range)
    if result.key == nil, let key = base.key, let text = literalText(arguments) {
      result.key = "\(key)|\(name.text)\(text)"
    }
    result.range = range
    return narrowed(result)
  }

  /// The arguments as they are written, where all of them are literals.
  private func literalText(_ arguments: Arguments) -> String? {
    let all = arguments.positional + arguments.named.map(\.value)
    let isLiteral = all.allSatisfy { argument in
      switch argument.kind {
      case .none, .boolean, .integer, .number, .string: true
      default: false
      }
    }
    return isLiteral ? text(arguments.range) : nil
  }

  private mutating func applyFilter(
    _ name: Name, _ base: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    if let filter = Compiler.textFilters[name.text] {
      return applyTextFilter(filter, name, base, arguments, range)
    }
    switch name.text {
    case "default", "d": return applyDefault(name, base, arguments, range)
    case "json": return applyJSON(name, base, arguments, range)
    default: break
    }
    guard Compiler.specialFilterNames.contains(name.text) else {
      if let advice = Compiler.unsupportedFilters[name.text] {
        return mistaken(
          .unsupported("the filter '\(name.text)'", fix: advice, location(name.range)), range)
      }
      let names = Compiler.filterNames + Compiler.specialFilterNames
      return mistaken(.unknownFilter(name.text, among: names, location(name.range)), range)
    }
    let base = required(base)
    guard let type = base.type else {
      // The arguments may have mistakes of their own.
      for argument in arguments.positional { _ = check(argument) }
      return invalid(range)
    }
    // What is done to the elements of an empty list is never done.
    if type == .nothing { return Typed(base.node, .nothing, range) }
    switch name.text {
    case "escape", "e", "safe", "string", "striptags":
      return applyConversion(name, base, type, arguments, range)
    case "int", "float", "abs", "round", "number":
      return applyNumberFilter(name, base, type, arguments, range)
    case "date": return applyDate(name, base, type, arguments, range)
    case "absolute":
      _ = bind(arguments, to: [], of: name)
      guard type == .link else { return wrongInput(name, base, type, wanted: "a link", range) }
      return filter(.absolute, base, [], .optional(.string), range)
    default: return applyListFilter(name, base, type, arguments, range)
    }
  }

  /// A node for a filter whose arguments are checked.
  func filterNode(_ operation: FilterOperation, _ base: Typed, arguments: Int32) -> Node {
    .filter(operation, base.node, arguments: arguments)
  }

  mutating func filter(
    _ operation: FilterOperation, _ base: Typed, _ arguments: [Typed?], _ type: ValueType, _ range: ByteRange
  ) -> Typed {
    let start = store(arguments.map { $0?.node ?? -1 })
    return Typed(add(filterNode(operation, base, arguments: start)), type, range)
  }

  mutating func wrongInput(
    _ name: Name, _ base: Typed, _ type: ValueType, wanted: String, fix: String? = nil, _ range: ByteRange
  ) -> Typed {
    mistaken(
      .wrongType(
        "what '\(name.text)' is applied to", wanted: wanted, got: describe(type), fix: fix,
        location(base.range)), range)
  }

  // MARK: - Text

  private mutating func applyTextFilter(
    _ filter: TextFilter, _ name: Name, _ base: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let base = required(base)
    let bound = bind(arguments, to: filter.parameters, of: name)
    guard let type = base.type, let bound else { return invalid(range) }
    if type == .nothing { return Typed(base.node, .nothing, range) }
    switch type {
    case .string, .dynamic: break
    case _ where type.isPlainNumber && (filter.operation == .truncate || filter.operation == .indent):
      // Jinja2 makes text of what stands before other filters, not before these.
      return wrongInput(name, base, type, wanted: "text", fix: "write '| string | \(name.text)'", range)
    case .integer, .number, .boolean: break
    case .markup:
      return wrongInput(name, base, type, wanted: "text", fix: "write '| striptags | \(name.text)'", range)
    case .link:
      return wrongInput(
        name, base, type, wanted: "text", fix: "write '| absolute' for the full URL, which may be missing",
        range)
    default: return wrongInput(name, base, type, wanted: "text", range)
    }
    if filter.operation == .truncate, case .integer(let length)? = bound[0]?.constant {
      var ending = 3
      if case .string(let end)? = bound[2]?.constant { ending = end.unicodeScalars.count }
      if length < ending {
        return mistaken(
          .wrongType(
            "'length' of 'truncate'", wanted: "at least \(ending)", got: "\(length)", location(range)),
          range)
      }
    }
    return self.filter(filter.operation, base, bound, filter.result, range)
  }

  private mutating func applyConversion(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
    guard isText(type) else { return mistaken(unprintable(base, type), range) }
    switch name.text {
    case "escape", "e": return type == .markup ? base : Typed(add(.escape(base.node)), .markup, range)
    case "safe": return type == .markup ? base : filter(.safe, base, [], .markup, range)
    case "striptags": return filter(.stripTags, base, [], .string, range)
    default: return type == .markup || type == .string ? base : filter(.toText, base, [], .string, range)
    }
  }

  // MARK: - Numbers

  private mutating func applyNumberFilter(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    switch name.text {
    case "int":
      guard let bound = bind(arguments, to: [.optional("default", .integer)], of: name) else {
        return invalid(range)
      }
      guard isText(type), type != .markup, type != .link else {
        return wrongInput(name, base, type, wanted: "text or a number", range)
      }
      return filter(.toInteger, base, bound, .integer, range)
    case "float":
      guard let bound = bind(arguments, to: [.optional("default", .number)], of: name) else {
        return invalid(range)
      }
      guard isText(type), type != .markup, type != .link else {
        return wrongInput(name, base, type, wanted: "text or a number", range)
      }
      return filter(.toNumber, base, bound, .number, range)
    default: break
    }
    guard type.isNumeric else {
      let fix = type == .string || type == .dynamic ? "write '| int' or '| float' before" : nil
      return wrongInput(name, base, type, wanted: "a number", fix: fix, range)
    }
    switch name.text {
    case "abs":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      return filter(.absoluteValue, base, [], type, range)
    case "number":
      guard let bound = bind(arguments, to: [.optional("decimals", .integer)], of: name) else {
        return invalid(range)
      }
      let separators = [
        literal(.string(input.strings["thousands_separator"]?.text ?? ","), .string, range),
        literal(.string(input.strings["decimal_separator"]?.text ?? "."), .string, range),
      ]
      return filter(.number, base, bound + separators, .string, range)
    default:
      let parameters = [Parameter.optional("precision", .integer), .optional("method", .string)]
      guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
      guard let method = bound[1] else {
        return filter(.round, base, [bound[0]], type, range)
      }
      guard case .string(let text)? = method.constant, ["common", "ceil", "floor"].contains(text) else {
        return mistaken(
          .wrongType(
            "'method' of 'round'", wanted: "\"common\", \"ceil\" or \"floor\"", got: "something else",
            location(method.range)), range)
      }
      if text == "common" { return filter(.round, base, [bound[0]], type, range) }
      return filter(text == "ceil" ? .ceiling : .floor, base, [bound[0]], .number, range)
    }
  }

  // MARK: - Dates and JSON

  private mutating func applyDate(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    guard let format = bind(arguments, to: [.init("format", .string)], of: name)?[0] else {
      return invalid(range)
    }
    guard type == .date else { return wrongInput(name, base, type, wanted: "a date", range) }
    guard case .string(let text)? = format.constant else {
      return mistaken(.formatNotFixed(location(format.range)), range)
    }
    switch DateFormat.parse(text, names: CalendarNames(input.strings)) {
    case .success(let parsed) where parsed.isFixed:
      return mistaken(.fixedFormat(text, place(ofWord: format) ?? location(format.range)), range)
    case .success(let parsed):
      program.dateFormats.append(parsed)
      return Typed(add(.date(base.node, format: Int32(program.dateFormats.count - 1))), .string, range)
    case .failure(let mistake):
      let use = location(format.range)
      guard let place = place(ofWord: format) else {
        return mistaken(.badFormat(mistake.directive, use), range)
      }
      return mistaken(
        .badFormat(mistake.directive, place, notes: [Diagnostic.Note("used here", at: use)]), range)
    }
  }

  private mutating func applyJSON(
    _ name: Name, _ base: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    guard bind(arguments, to: [], of: name) != nil, checkJSON(base) else { return invalid(range) }
    return filter(.json, base, [], .string, range)
  }

  /// Whether `base` can be written as JSON; a missing value can, as `null`.
  mutating func checkJSON(_ base: Typed) -> Bool {
    guard let type = base.type else { return false }
    func isPossible(_ type: ValueType) -> Bool {
      switch type {
      case .markup: false
      case .object: type == .nothing
      case .list(let element), .optional(let element): isPossible(element)
      default: true
      }
    }
    guard !isPossible(type) else { return true }
    let fix =
      type.unwrapped == .markup ? "write '| striptags | json'" : "write its fields one by one"
    report(.noJSON(describe(type), fix: fix, location(base.range)))
    return false
  }

  // MARK: - Missing values

  private mutating func applyDefault(
    _ name: Name, _ base: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let parameters = [Parameter.optional("default_value", .optional), .optional("boolean", .boolean)]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    let standard = bound[0] ?? literal(.string(""), .string, range)
    var orFalse = false
    if let flag = bound[1] {
      guard case .boolean(let value)? = flag.constant else {
        return mistaken(
          .wrongType(
            "'boolean' of 'default'", wanted: "'true' or 'false'", got: "worked out", location(flag.range)),
          range)
      }
      orFalse = value
    }
    guard let type = base.type, let standardType = standard.type else { return invalid(range) }
    if type == .missing {
      var result = standard
      result.range = range
      return result
    }
    guard let joined = type.unwrapped.joined(with: standardType) else {
      return mistaken(
        .wrongType(
          "the default", wanted: describe(type.unwrapped), got: describe(standardType),
          location(bound[0]?.range ?? name.range)), range)
    }
    guard type.isOptional || orFalse else { return base }
    var result = Typed(add(.standard(base.node, standard.node, orFalse: orFalse)), joined, range)
    result.missing = standard.missing
    result.elementFacts = standardType == .list(.nothing) ? base.elementFacts : []
    return result
  }
}

extension ValueType {
  fileprivate var isPlainNumber: Bool { isNumeric || self == .boolean }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unknownFilter(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-filter", "there is no filter '\(name)'", at: location,
      fix: didYouMean(name, among: names))
  }

  fileprivate static func formatNotFixed(_ location: Location) -> Diagnostic {
    .error(
      "template/date-format", "the format of a date must be known before rendering", at: location,
      fix: "write it in quotes, or as t(\"key\") or an option")
  }

  fileprivate static func fixedFormat(_ text: String, _ location: Location) -> Diagnostic {
    .error(
      "template/date-format", "'\(text)' holds no part of a date, and would be the same for every one",
      at: location, fix: "write the parts with '%', as in '%-d %B %Y'")
  }

  fileprivate static func badFormat(
    _ directive: String, _ location: Location, notes: [Note] = []
  ) -> Diagnostic {
    .error(
      "template/date-format", "'\(directive)' stands for no part of a date", at: location,
      fix: directive == "%" ? "write '%%' for a percent sign" : nil, notes: notes)
  }

  fileprivate static func noJSON(_ type: String, fix: String, _ location: Location) -> Diagnostic {
    .error("template/wrong-type", "\(type) cannot be written as JSON", at: location, fix: fix)
  }
}
