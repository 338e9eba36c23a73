import SourceText

extension Compiler {
  mutating func checkPhrase(_ arguments: Arguments, _ name: Name, _ range: ByteRange) -> Typed {
    guard let first = arguments.positional.first else {
      return mistaken(.missingArgument("key", of: "t", location(name.range)), range)
    }
    guard arguments.positional.count == 1 else {
      return mistaken(.wordArgumentsNeedNames(location(arguments.positional[1].range)), range)
    }
    let key = value(first)
    guard key.type != nil else { return invalid(range) }
    guard case .string(let text)? = key.constant else {
      return checkWorkedOutPhrase(first, key, arguments, range)
    }
    if let phrase = input.strings[text] {
      usage.strings.insert(text)
      return fill(phrase, text, arguments, first.range, range)
    }
    // A phrase that differs for one and for many.
    if let one = input.strings[text + ".one"], let other = input.strings[text + ".other"],
      let count = arguments.named.first(where: { $0.name.text == "count" })
    {
      usage.strings.formUnion([text + ".one", text + ".other"])
      let checked = value(count.value)
      guard let type = checked.type else { return invalid(range) }
      guard type == .integer else {
        return mistaken(
          .wrongType(
            "'count' of 't'", wanted: "a whole number", got: describe(type), location(count.value.range)),
          range)
      }
      let isOne = add(.compare(.equal, checked.node, literal(.integer(1), .integer, range).node))
      let singular = fill(one, text + ".one", arguments, first.range, range, mayIgnore: "count")
      let plural = fill(other, text + ".other", arguments, first.range, range, mayIgnore: "count")
      guard let type = singular.type, let otherType = plural.type else { return invalid(range) }
      return Typed(
        add(.conditional(isOne, singular.node, plural.node)),
        type == .markup || otherType == .markup ? .markup : .string, range)
    }
    for (known, form) in [("one", "other"), ("other", "one")] where input.strings["\(text).\(known)"] != nil {
      let isWhole = input.strings["\(text).\(form)"] != nil
      usage.strings.insert("\(text).\(known)")
      if isWhole { usage.strings.insert("\(text).\(form)") }
      let place = location(first.range)
      return mistaken(
        isWhole ? .phraseWithoutCount(text, place) : .missingForm(form, of: text, known, place), range)
    }
    return mistaken(.unknownPhrase(text, among: input.strings.keys.sorted(), location(first.range)), range)
  }

  /// What the ``Typed/key`` of words begins with that are the same in every rendering.
  private static let wordKeyPrefix = "t "

  /// Where the words are written that `value` is; `nil` when it is anything else.
  func place(ofWord value: Typed) -> Location? {
    guard let key = value.key, key.hasPrefix(Compiler.wordKeyPrefix) else { return nil }
    return input.strings[String(key.dropFirst(Compiler.wordKeyPrefix.count))]?.place
  }

  /// Puts the arguments into the places of `phrase` that are written as `{name}`.
  private mutating func fill(
    _ phrase: TemplateSetInput.Word, _ key: String, _ arguments: Arguments, _ keyRange: ByteRange,
    _ range: ByteRange, mayIgnore: String? = nil
  ) -> Typed {
    let parts = Phrase.parts(phrase.text)
    let original = phrase.original.map(Phrase.places)
    let use = Diagnostic.Note("used here", at: location(keyRange))
    var nodes: [Int32] = []
    var isMarkup = false
    var isValid = true
    var used: Set<String> = []
    for part in parts {
      switch part {
      case .text(let text): nodes.append(literal(.string(text), .string, range).node)
      case .place(let name):
        used.insert(name)
        guard let argument = arguments.named.first(where: { $0.name.text == name }) else {
          if let original, let place = phrase.place, !original.contains(name) {
            report(.strangePlace(name, of: key, among: original.sorted(), place, use))
          } else {
            report(.missingWord(name, of: key, location(keyRange)))
          }
          isValid = false
          continue
        }
        let checked = value(argument.value)
        nodes.append(checked.node)
        guard let type = checked.type else {
          isValid = false
          continue
        }
        if !isText(type) {
          report(unprintable(checked, type))
          isValid = false
        }
        isMarkup = isMarkup || type == .markup
      }
    }
    for argument in arguments.named
    where !used.contains(argument.name.text) && argument.name.text != mayIgnore {
      let name = argument.name
      if let original, let place = phrase.place, original.contains(name.text) {
        report(.forgottenPlace(name.text, of: key, place, use))
      } else {
        report(.extraWord(name.text, of: key, among: used.sorted(), location(name.range)))
      }
      isValid = false
    }
    guard isValid else { return invalid(range) }
    if parts.allSatisfy({ if case .text = $0 { true } else { false } }) {
      let text = parts.reduce("") { if case .text(let text) = $1 { $0 + text } else { $0 } }
      return literal(.string(text), .string, range, key: Compiler.wordKeyPrefix + key)
    }
    return Typed(
      add(.concatenation(arguments: store(nodes), count: Int32(nodes.count))), isMarkup ? .markup : .string,
      range)
  }

  /// `t("stage." ~ status)`: one of the phrases whose keys begin so, or nothing.
  private mutating func checkWorkedOutPhrase(
    _ expression: Expression, _ key: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    guard case .concatenation(let parts) = expression.kind, case .string(let prefix)? = parts.first?.kind
    else {
      return mistaken(.keyNotFixed(location(expression.range)), range)
    }
    if let argument = arguments.named.first {
      return mistaken(.wordsInWorkedOutPhrase(location(argument.name.range)), range)
    }
    let keys = input.strings.keys.filter { $0.utf8.starts(with: prefix.utf8) }
      .sorted { $0.bytesPrecede($1) }
    guard !keys.isEmpty else {
      return mistaken(.noPhraseBegins(prefix, location(expression.range)), range)
    }
    usage.strings.formUnion(keys)
    program.phrases.append(PhraseTable(keys: keys, phrases: keys.map { input.strings[$0]?.text ?? "" }))
    return Typed(
      add(.phrase(key.node, table: Int32(program.phrases.count - 1))), .optional(.string), range,
      key: key.key.map { "t(\($0))" })
  }
}

/// A phrase of a theme's words with places for values.
enum Phrase {
  enum Part {
    case text(String)
    case place(String)
  }

  /// The names of the places of `phrase`.
  static func places(_ phrase: String) -> Set<String> {
    Set(parts(phrase).compactMap { if case .place(let name) = $0 { name } else { nil } })
  }

  /// Cuts `phrase` at its `{name}`s; `{{` and `}}` stand for braces.
  static func parts(_ phrase: String) -> [Part] {
    var parts: [Part] = []
    var text: [UInt8] = []
    let bytes = Array(phrase.utf8)
    var index = 0
    func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
      !bytes.isEmpty
        && bytes.allSatisfy {
          ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x5F || (0x30...0x39).contains($0)
        }
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x7B || byte == 0x7D, index + 1 < bytes.count, bytes[index + 1] == byte {
        text.append(byte)
        index += 2
      } else if byte == 0x7B, let end = bytes[index...].firstIndex(of: 0x7D), isName(bytes[(index + 1)..<end])
      {
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        parts.append(.place(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
        index = end + 1
      } else {
        text.append(byte)
        index += 1
      }
    }
    if !text.isEmpty || parts.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
    return parts
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unknownPhrase(_ key: String, among keys: [String], _ location: Location)
    -> Diagnostic
  {
    .error(
      "template/unknown-string", "the theme's strings have no '\(key)'", at: location,
      fix: didYouMean(key, among: keys))
  }

  fileprivate static func phraseWithoutCount(_ key: String, _ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments",
      "'\(key)' is another string for one than for many, and no number says which",
      at: location, fix: "write t(\"\(key)\", count=…) with a number, such as 'list | length'")
  }

  fileprivate static func missingForm(
    _ form: String, of key: String, _ known: String, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-string", "the theme's strings have '\(key).\(known)', and no '\(key).\(form)'",
      at: location, fix: "write one, which is for \(form == "one" ? "1" : "any number but 1")")
  }

  fileprivate static func keyNotFixed(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the key of 't' must be written in quotes, or begin so", at: location,
      fix: "write 't(\"prefix.\" ~ value)'")
  }

  fileprivate static func noPhraseBegins(_ prefix: String, _ location: Location) -> Diagnostic {
    .error("template/unknown-string", "no key of the theme's strings begins with '\(prefix)'", at: location)
  }

  fileprivate static func wordsInWorkedOutPhrase(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "a phrase whose key is worked out takes no values", at: location,
      fix: "write the key in quotes")
  }

  fileprivate static func wordArgumentsNeedNames(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the values of a phrase are given by name", at: location,
      fix: "write 't(\"key\", name=value)'")
  }

  fileprivate static func missingWord(_ name: String, of key: String, _ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the string '\(key)' has a place for '{\(name)}'", at: location,
      fix: "add '\(name)=…'")
  }

  fileprivate static func strangePlace(
    _ name: String, of key: String, among names: [String], _ place: Location, _ use: Note
  ) -> Diagnostic {
    .error(
      "template/wrong-words", "templates give no '\(name)' to '\(key)', which has a place '{\(name)}' here",
      at: place,
      fix: nearest(to: name, among: names).map { "did you mean '{\($0)}'?" }
        ?? (names.isEmpty
          ? "write it without places" : "it can have \(names.map { "{\($0)}" }.joined(separator: ", "))"),
      notes: [use])
  }

  fileprivate static func forgottenPlace(
    _ name: String, of key: String, _ place: Location, _ use: Note
  ) -> Diagnostic {
    .error(
      "template/wrong-words", "'\(key)' lacks its place '{\(name)}' here", at: place,
      fix: "write {\(name)} where the value is to stand", notes: [use])
  }

  fileprivate static func extraWord(
    _ name: String, of key: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the string '\(key)' has no place '{\(name)}'", at: location,
      fix: didYouMean(name, among: names))
  }
}
