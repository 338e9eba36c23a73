import SourceText
import YAML

/// Writes the results of a ballot into the file that has it, and changes nothing else of that file.
///
/// Where the file has results for these candidates already, only numbers change. Whatever was edited is parsed again: if
/// anything but `results` reads otherwise than before, the edit is not made.
public struct ResultsEdit {
  /// The votes of one candidate.
  public struct Line: Sendable, Hashable {
    /// The candidate's slug.
    public let slug: String
    /// Its votes.
    public let votes: Int

    /// `votes` for the candidate that is called `slug`.
    public init(slug: String, votes: Int) {
      self.slug = slug
      self.votes = votes
    }
  }

  private let source: Source
  private let lines: [Line]
  private let document: Document

  /// The bytes of `source` with `lines` as its ballot's results; the same bytes where it has these already.
  ///
  /// `nil`, with a diagnostic, when the file has mistakes or no ballot, or when its results can't be written without a
  /// change to something else, as where they are shared by an alias.
  public static func bytes(
    of source: Source, with lines: [Line], diagnostics: inout [Diagnostic]
  ) -> [UInt8]? {
    var problems: [Diagnostic] = []
    guard let document = Document(source, &problems), !problems.contains(where: { $0.severity == .error })
    else {
      diagnostics += problems
      return nil
    }
    guard let vote = document.vote, !vote.value.isNull else {
      diagnostics.append(.noVote(in: source))
      return nil
    }
    let edit = ResultsEdit(source: source, lines: lines, document: document)
    for attempt in edit.attempts(vote) {
      let bytes = attempt.applied(to: source.bytes)
      if edit.isRight(bytes) { return bytes }
    }
    diagnostics.append(.cannotWrite(lines, in: source, at: vote))
    return nil
  }
}

// MARK: - Parsing and comparing

/// The parts of a file with front matter.
private struct Document {
  let entries: [Entry]
  let body: ArraySlice<UInt8>
  /// The ballot.
  var vote: Entry? { entries.first { $0.key == "vote" } }

  init?(_ source: Source, _ diagnostics: inout [Diagnostic]) {
    guard let parts = FrontMatter.split(source, diagnostics: &diagnostics) else { return nil }
    if case .mapping(let entries)? = parse(source, in: parts.yaml, diagnostics: &diagnostics)?.content {
      self.entries = entries
    } else {
      // Front matter with nothing in it, or with mistakes that are said.
      entries = []
    }
    body = source.bytes[parts.body.indices]
  }
}

extension ResultsEdit {
  /// Whether `bytes` say the same as the source in everything but the results, which are as wanted.
  private func isRight(_ bytes: [UInt8]) -> Bool {
    var problems: [Diagnostic] = []
    guard let edited = Document(Source(path: source.path, bytes: bytes), &problems),
      !problems.contains(where: { $0.severity == .error }), edited.body == document.body,
      edited.entries.map(\.key) == document.entries.map(\.key)
    else { return false }
    for (new, old) in zip(edited.entries, document.entries) where old.key != "vote" {
      guard Self.isSame(new.value, old.value) else { return false }
    }
    guard case .mapping(let new)? = edited.vote?.value.content,
      case .mapping(let old)? = document.vote?.value.content,
      let results = new.first(where: { $0.key == "results" })?.value
    else { return false }
    let others = (new.filter { $0.key != "results" }, old.filter { $0.key != "results" })
    guard others.0.count == others.1.count,
      zip(others.0, others.1).allSatisfy({ $0.key == $1.key && Self.isSame($0.value, $1.value) })
    else { return false }
    let written = items(of: results)?.map { Line(slug: $0.slug, votes: $0.votes ?? -1) }
    return written.map { $0.count == lines.count && Set($0) == Set(lines) } ?? false
  }

  private static func isSame(_ left: Node, _ right: Node) -> Bool {
    switch (left.content, right.content) {
    case (.scalar(let left), .scalar(let right)): left.text == right.text && left.isPlain == right.isPlain
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy(isSame)
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && isSame($0.value, $1.value) }
    default: false
    }
  }

  /// What a list of results says; `nil` when it is no such list.
  private func items(of results: Node) -> [(slug: String, votes: Int?, place: Node)]? {
    guard case .sequence(let items) = results.content else { return nil }
    var found: [(slug: String, votes: Int?, place: Node)] = []
    for item in items {
      guard case .mapping(let entries) = item.content,
        let slug = entries.first(where: { $0.key == "project" })?.value.scalar?.text,
        let votes = entries.first(where: { $0.key == "votes" })?.value
      else { return nil }
      found.append((slug, votes.scalar?.integer, votes))
    }
    return found
  }
}

// MARK: - Where to write

extension ResultsEdit {
  /// Pieces of the file and what stands there instead, in order.
  private struct Attempt {
    var changes: [(range: Range<Int>, text: String)]

    func applied(to bytes: [UInt8]) -> [UInt8] {
      var result: [UInt8] = []
      var index = 0
      for change in changes {
        result += bytes[index..<change.range.lowerBound]
        result += Array(change.text.utf8)
        index = change.range.upperBound
      }
      return result + bytes[index...]
    }
  }

  /// What may be done, best first.
  private func attempts(_ vote: Entry) -> [Attempt] {
    guard case .mapping(let entries) = vote.value.content else { return [] }
    let range = vote.value.range.indices
    // What has a name or a tag, or stands for something else, is not touched.
    guard !isMarked(range) else { return [] }
    let isFlow = source.bytes[range].first == 0x7B
    guard let results = entries.first(where: { $0.key == "results" }) else {
      return isFlow ? [insertedInBraces(entries, range)] : insertedAsLines(entries)
    }
    let place = results.value.range.indices
    if isMarked(place) { return [] }
    if let numbers = numbersChanged(results.value) { return [numbers] }
    if !isFlow, isEmptyList(results.value) { return [writtenBelow(results)].compactMap(\.self) }
    if results.value.isNull { return [Attempt(changes: [(place, (place.isEmpty ? " " : "") + flowList)])] }
    guard case .sequence = results.value.content else { return [] }
    // Remarks inside a list that becomes another one would be lost.
    guard !source.bytes[place].contains(0x23) else { return [] }
    if source.bytes[place].first == 0x5B { return [Attempt(changes: [(place, flowList)])] }
    return [itemsReplaced(place)].compactMap(\.self)
  }

  private func isMarked(_ range: Range<Int>) -> Bool {
    guard let first = source.bytes[range].first else { return false }
    return first == 0x26 || first == 0x2A || first == 0x21
  }

  private func isEmptyList(_ node: Node) -> Bool {
    if case .sequence(let items) = node.content { return items.isEmpty }
    return node.isNull
  }

  /// New numbers in a list that has these candidates, or some of them; the others come after its last item.
  private func numbersChanged(_ results: Node) -> Attempt? {
    guard let items = items(of: results), !items.isEmpty else { return nil }
    let votes = Dictionary(lines.map { ($0.slug, $0.votes) }, uniquingKeysWith: { first, _ in first })
    guard Set(items.map(\.slug)).count == items.count, items.allSatisfy({ votes[$0.slug] != nil }) else {
      return nil
    }
    var changes: [(range: Range<Int>, text: String)] = []
    for item in items where item.votes != votes[item.slug] {
      let place = item.place.range.indices
      if place.isEmpty || isMarked(place) { return nil }
      changes.append((place, "\(votes[item.slug] ?? 0)"))
    }
    let known = Set(items.map(\.slug))
    let missing = lines.filter { !known.contains($0.slug) }
    if !missing.isEmpty {
      guard let addition = addition(missing, to: results) else { return nil }
      changes.append(addition)
    }
    return Attempt(changes: changes)
  }

  private func addition(_ lines: [Line], to results: Node) -> (range: Range<Int>, text: String)? {
    guard case .sequence(let items) = results.content, let last = items.last else { return nil }
    let end = last.range.indices.upperBound
    if source.bytes[results.range.indices].first == 0x5B {
      return (end..<end, lines.map { ", " + flowItem($0) }.joined())
    }
    guard let indentation = indentation(at: results.range.indices.lowerBound) else { return nil }
    let line = TextLine(source.bytes, around: end)
    return (line.next..<line.next, lines.map { "\(indentation)- \(flowItem($0))\(line.ending)" }.joined())
  }

  /// A list in place of another one.
  private func itemsReplaced(_ place: Range<Int>) -> Attempt? {
    guard let indentation = indentation(at: place.lowerBound) else { return nil }
    let ending = TextLine(source.bytes, around: place.lowerBound).ending
    let text = lines.map { "- " + flowItem($0) }.joined(separator: ending + indentation)
    return Attempt(changes: [(place, text)])
  }

  /// A list below a key that has no value, or an empty one.
  private func writtenBelow(_ results: Entry) -> Attempt? {
    guard let indentation = indentation(at: results.keyRange.indices.lowerBound) else { return nil }
    let place = results.value.range.indices
    let line = TextLine(source.bytes, around: results.keyRange.indices.upperBound)
    guard place.upperBound <= line.end else { return nil }
    let list = (line.next..<line.next, blockList(indentation, line.ending))
    guard !place.isEmpty else { return Attempt(changes: [list]) }
    // The blank before the value goes with it.
    let isSpaced = source.bytes[place.lowerBound - 1] == 0x20
    return Attempt(changes: [(place.lowerBound - (isSpaced ? 1 : 0)..<place.upperBound, ""), list])
  }

  /// The field at the end of `{…}`.
  private func insertedInBraces(_ entries: [Entry], _ range: Range<Int>) -> Attempt {
    let last = entries.map { max($0.value.range.indices.upperBound, $0.keyRange.indices.upperBound) }.max()
    let place = last ?? range.lowerBound + 1
    return Attempt(changes: [(place..<place, (last == nil ? "" : ", ") + "results: " + flowList)])
  }

  /// The field on lines of its own: above the fields that speak of the outcome, or below the last one, or, where that
  /// would make it a part of that one's text, above it.
  private func insertedAsLines(_ entries: [Entry]) -> [Attempt] {
    guard let first = entries.first, let last = entries.last,
      let indentation = indentation(at: first.keyRange.indices.lowerBound)
    else { return [] }
    func above(_ index: Int) -> Int {
      let line = TextLine(source.bytes, around: entries[index].keyRange.indices.lowerBound)
      // A remark right above a field is about that field.
      let floor = index == 0 ? line.start : entries[index - 1].value.range.indices.upperBound
      var place = line.start
      while place > floor {
        let previous = TextLine(source.bytes, around: place - 1)
        guard previous.start > floor,
          source.bytes[previous.start..<previous.end].first(where: { $0 != 0x20 }) == 0x23
        else { break }
        place = previous.start
      }
      return place
    }
    let outcome: Set = ["disqualified", "winners", "status", "note"]
    var places = entries.indices.filter { outcome.contains(entries[$0].key) }.prefix(1).map(above)
    let end = max(last.value.range.indices.upperBound, last.keyRange.indices.upperBound)
    places.append(TextLine(source.bytes, around: end).next)
    places.append(above(entries.count - 1))
    let ending = TextLine(source.bytes, around: first.keyRange.indices.lowerBound).ending
    let text = "\(indentation)results:\(ending)" + blockList(indentation, ending)
    return places.map { Attempt(changes: [($0..<$0, text)]) }
  }

  /// What stands on the line before `place`, if that is nothing but spaces.
  private func indentation(at place: Int) -> String? {
    let before = source.bytes[TextLine(source.bytes, around: place).start..<place]
    return before.allSatisfy { $0 == 0x20 } ? String(repeating: " ", count: before.count) : nil
  }

  private var flowList: String { "[\(lines.map(flowItem).joined(separator: ", "))]" }

  private func flowItem(_ line: Line) -> String {
    // Letters, digits and hyphens need no quotes, unless they are a number, a truth value or nothing.
    let isWord = line.slug.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
    let isPlain =
      isWord && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(line.slug)
      && line.slug.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
    return "{project: \(isPlain ? line.slug : "\"\(line.slug)\""), votes: \(line.votes)}"
  }

  private func blockList(_ indentation: String, _ ending: String) -> String {
    lines.map { "\(indentation)  - \(flowItem($0))\(ending)" }.joined()
  }
}

/// The line of a file around a place in it.
private struct TextLine {
  let start: Int
  /// Where its text ends.
  let end: Int
  /// Where the next line begins.
  let next: Int
  /// What ends it.
  let ending: String

  init(_ bytes: [UInt8], around place: Int) {
    func isEnd(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }
    var start = min(place, bytes.count)
    // Between CR and LF is still the line before.
    if start > 0, start < bytes.count, bytes[start] == 0x0A, bytes[start - 1] == 0x0D { start -= 1 }
    var end = start
    while start > 0, !isEnd(start - 1) { start -= 1 }
    while end < bytes.count, !isEnd(end) { end += 1 }
    var next = min(end + 1, bytes.count)
    if next < bytes.count, bytes[end] == 0x0D, bytes[next] == 0x0A { next += 1 }
    self.start = start
    self.end = end
    self.next = next
    ending = end < next ? String(decoding: bytes[end..<next], as: UTF8.self) : "\n"
  }
}

extension Diagnostic {
  fileprivate static func noVote(in source: Source) -> Diagnostic {
    .error(
      "tally/no-vote", "this file has no 'vote:' to write results into",
      at: Location(path: source.path, range: ByteRange(at: 0)),
      fix: "add 'vote:' with the ballot's fields below, as 'closes:'")
  }

  fileprivate static func cannotWrite(
    _ lines: [ResultsEdit.Line], in source: Source, at vote: Entry
  ) -> Diagnostic {
    let list = lines.map { "{project: \($0.slug), votes: \($0.votes)}" }.joined(separator: ", ")
    return .error(
      "tally/cannot-write", "the results can't be written here without a change to something else",
      at: Location(path: source.path, range: vote.keyRange),
      fix: "write them by hand: results: [\(list)]",
      notes: [
        Note("lists with names (&, *), tags (!) and remarks (#) in them are left to people")
      ])
  }
}
