import Columns
import YAML

/// The facts about a project that the labels of a text tell, and the rest of the text.
struct ProjectForm {
  var logline: String?
  var status: Status?
  var credits: [(role: String, name: String)] = []
  var campaign: (platform: String, url: String)?
  var links: [(relation: String, url: String)] = []
  /// The film's title, where the text has it in quotation marks above its first label.
  var title: String?
  /// The body, without what became a field.
  var body: [Block] = []
  /// The labels whose text became a field.
  var read: [String] = []
  /// The labels whose text became a field and says more than that, so that it stays, too.
  var doubled: [String] = []
  /// The labels whose text was not clear enough.
  var unclear: [String] = []

  init(_ text: LabelledText) {
    var parts = text.parts[...]
    if text.hasLabels { takeTitle(&parts) }
    while let part = parts.popFirst() {
      switch part {
      case .block(let block): body.append(block)
      case .label(let label, let meaning):
        let outcome: Outcome? =
          switch meaning {
          case .logline: takeLogline(&parts)
          case .credits: takeCredits(&parts)
          case .status: takeStatus(&parts)
          case .links: takeLinks(&parts)
          case .section: nil
          }
        if outcome != .taken { body.append(.heading(2, [.text(sentence(label))])) }
        switch outcome {
        case .taken: read.append(label)
        case .doubled: doubled.append(label)
        case .unclear: unclear.append(label)
        case nil: break
        }
      }
    }
  }

  /// What became of the text below a label.
  private enum Outcome {
    /// It is a field now.
    case taken
    /// It is a field now, and stays, as it says or shows more than a field can.
    case doubled
    /// It stays.
    case unclear
  }

  /// A label as headings are written: `Elevator Pitch` as `Elevator pitch`, so that themes find the section.
  private func sentence(_ label: String) -> String {
    let words = label.split(separator: " ")
    guard words.allSatisfy({ $0.dropFirst().allSatisfy { !$0.isUppercase } || $0.allSatisfy(\.isUppercase) })
    else {
      return label
    }
    return words.enumerated().map {
      $0 == 0 ? $1.prefix(1).uppercased() + $1.dropFirst().lowercased() : $1.lowercased()
    }
    .joined(separator: " ")
  }

  private func paragraph(_ part: LabelledText.Part?) -> [Inline]? {
    if case .block(.paragraph(let lines))? = part { lines } else { nil }
  }

  private mutating func takeTitle(_ parts: inout ArraySlice<LabelledText.Part>) {
    guard let first = parts.firstIndex(where: { if case .label = $0 { true } else { false } }),
      first > parts.startIndex
    else { return }
    let lines: [Inline]
    switch parts[first - 1] {
    case .block(.paragraph(let inside)), .block(.heading(_, let inside)): lines = inside
    default: return
    }
    guard !lines.hasMore else { return }
    let text = singleSpaced(lines.plainText)
    guard let open = text.first, let close = text.last,
      ["“": "”", "\"": "\"", "«": "»", "„": "“"][open] == close
    else {
      return
    }
    let inside = trimmed(String(text.dropFirst().dropLast()))
    guard (1...120).contains(inside.count), !inside.contains(open), !inside.contains(close) else { return }
    title = inside
    parts.remove(at: first - 1)
  }

  private mutating func takeLogline(_ parts: inout ArraySlice<LabelledText.Part>) -> Outcome {
    guard logline == nil, let lines = paragraph(parts.first) else { return .unclear }
    let text = singleSpaced(lines.plainText)
    guard !text.isEmpty, text.count <= 400 else { return .unclear }
    logline = text
    guard !lines.hasMore else { return .doubled }
    parts.removeFirst()
    return .taken
  }

  private mutating func takeStatus(_ parts: inout ArraySlice<LabelledText.Part>) -> Outcome {
    guard status == nil, let lines = paragraph(parts.first) else { return .unclear }
    let key = sortKey(for: lines.plainText)
    if let stage = Self.stages[key] {
      status = stage
      guard !lines.hasMore else { return .doubled }
      parts.removeFirst()
      return .taken
    }
    // In a longer text one stage that is named in plain words is clear, and the text has more to say.
    let named = Set(Self.phrases.filter { " \(key) ".contains(" \($0.key) ") }.map(\.value))
    guard named.count == 1 else { return .unclear }
    status = named.first
    return .doubled
  }

  private static let stages: [String: Status] = {
    let words: [(Status, [String])] = [
      (.announced, ["announced"]),
      (
        .development,
        ["development", "writing", "script stage", "financing", "fundraising", "seeking funding"]
      ),
      (.preProduction, ["pre production", "preproduction", "prep"]),
      (.production, ["production", "shooting", "filming", "principal photography"]),
      (.postProduction, ["post production", "postproduction", "post", "editing", "the edit"]),
      (.completed, ["completed", "complete", "finished", "done"]),
      (.festival, ["festivals", "festival", "the festival circuit", "festival circuit"]),
      (.released, ["released", "distribution", "release"]),
      (.onHold, ["on hold"]), (.cancelled, ["cancelled", "canceled"]),
    ]
    var stages: [String: Status] = [:]
    for (status, names) in words {
      for name in names {
        for lead in [
          "", "in ", "currently ", "currently in ", "now in ", "still in ", "we are in ", "we re in ",
          "the film is in ",
        ] {
          stages[lead + name] = status
        }
      }
    }
    return stages
  }()

  private static let phrases: [String: Status] = [
    "in development": .development, "pre production": .preProduction, "preproduction": .preProduction,
    "in production": .production, "post production": .postProduction, "postproduction": .postProduction,
    "completed": .completed,
  ]

  // MARK: - Credits

  private mutating func takeCredits(_ parts: inout ArraySlice<LabelledText.Part>) -> Outcome {
    guard credits.isEmpty else { return .unclear }
    var found: [(role: String, name: String)] = []
    var count = 0
    var hasMore = false
    for part in parts {
      guard case .block(let block) = part, let lines = Self.lines(of: block) else { break }
      var more: [(role: String, name: String)] = []
      for line in lines.flatMap({ $0.plainText.split(separator: "\n") }) {
        guard let credits = Self.credits(String(line)) else {
          more = []
          break
        }
        more += credits
      }
      guard !more.isEmpty else { break }
      found += more
      count += 1
      hasMore = hasMore || lines.contains(where: \.hasMore)
    }
    guard !found.isEmpty else { return .unclear }
    credits = Array(found.prefix(Self.creditLimit))
    guard !hasMore, found.count <= Self.creditLimit else { return .doubled }
    parts.removeFirst(count)
    return .taken
  }

  /// As many credits as a write-up can have.
  private static let creditLimit = 1000

  /// The lines of a paragraph, or of a list whose items are lines; `nil` for anything else.
  private static func lines(of block: Block) -> [[Inline]]? {
    switch block {
    case .paragraph(let lines): return [lines]
    case .list(let list):
      var result: [[Inline]] = []
      for item in list.items {
        guard item.count == 1, case .paragraph(let lines) = item[0] else { return nil }
        result.append(lines)
      }
      return result
    default: return nil
    }
  }

  /// The credits of `Producer/Director: Ann Shinn and Bob Li`; `nil` for anything else.
  private static func credits(_ line: String) -> [(role: String, name: String)]? {
    for mark in [": ", ":", " – ", " — ", " - "] {
      guard let range = line.firstRange(of: mark) else { continue }
      let role = singleSpaced(String(line[..<range.lowerBound]))
      let names = singleSpaced(String(line[range.upperBound...]))
      guard (1...60).contains(role.count), role.contains(where: \.isLetter), (2...300).contains(names.count),
        !names.contains(": "), !names.contains("://"), !names.contains(". ") || names.count < 80
      else { return nil }
      return people(names).map { (role, $0) }
    }
    return nil
  }

  private static func people(_ text: String) -> [String] {
    var names: [String] = []
    for part in text.replacing(" & ", with: ", ").split(separator: ",") {
      let name = trimmed(String(part))
      let suffix = ["jr", "jr.", "sr", "sr.", "ii", "iii", "phd", "ph.d.", "m.d.", "md", "asc", "ace", "cas"]
      if suffix.contains(name.lowercased()), !names.isEmpty {
        names[names.count - 1] += ", " + name
        continue
      }
      let halves = name.split(separator: " and ", maxSplits: 1).map(String.init)
      if halves.count == 2, halves.allSatisfy({ $0.split(separator: " ").count >= 2 }) {
        names += halves
      } else if name.hasPrefix("and ") {
        names.append(String(name.dropFirst(4)))
      } else if !name.isEmpty {
        names.append(name)
      }
    }
    return names
  }

  // MARK: - Links

  private mutating func takeLinks(_ parts: inout ArraySlice<LabelledText.Part>) -> Outcome {
    var outcome = Outcome.unclear
    for part in parts {
      guard case .block(let block) = part, let lines = Self.lines(of: block) else { break }
      var found = LinkLines()
      for line in lines { found.add(line) }
      found.endLine()
      guard !found.links.isEmpty, found.links.allSatisfy({ isWebAddress($0.url) }) else { break }
      for link in found.links { add(link) }
      guard !found.hasMore else { return outcome == .taken ? .taken : .doubled }
      parts.removeFirst()
      outcome = .taken
    }
    return outcome
  }

  /// The links of a paragraph, and whether it says or shows more than where they lead.
  private struct LinkLines {
    private(set) var links: [(words: String, url: String)] = []
    private(set) var hasMore = false
    private var words = ""
    private var first = 0

    mutating func add(_ lines: [Inline]) {
      read(lines)
      endLine()
    }

    private mutating func read(_ lines: [Inline]) {
      for inline in lines {
        switch inline {
        case .styled(.link(let url), let inside):
          hasMore = hasMore || inside.hasMore
          links.append((singleSpaced(inside.plainText), url))
        case .styled(let kind, let inside):
          if case .kept = kind { hasMore = true }
          read(inside)
        case .text(let text):
          for word in text.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("http://") || word.hasPrefix("https://") {
              links.append(("", String(word)))
            } else {
              words += " " + word
            }
          }
        case .lineBreak: endLine()
        case .code, .image, .html: hasMore = true
        }
      }
    }

    /// Beside links may stand what divides them, and beside a single one a label that names it.
    mutating func endLine() {
      defer { (words, first) = ("", links.count) }
      let rest = words.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
      guard !rest.allSatisfy({ ["and", "or"].contains($0) }) else { return }
      let label = trimmed(words)
      guard links.count == first + 1, label.last == ":", (2...30).contains(label.count),
        links[first].words.isEmpty || links[first].words.contains(".")
      else {
        hasMore = true
        return
      }
      links[first].words = withoutColon(label)
    }
  }

  private mutating func add(_ link: (words: String, url: String)) {
    let host = (link.url.split(separator: "/").dropFirst().first ?? "").lowercased()
    let platforms = [
      "kickstarter.com": "Kickstarter", "kck.st": "Kickstarter", "indiegogo.com": "Indiegogo",
      "igg.me": "Indiegogo",
      "seedandspark.com": "Seed&Spark", "rockethub.com": "RocketHub", "ulule.com": "Ulule",
      "gofundme.com": "GoFundMe",
    ]
    func isAt(_ name: String) -> Bool { host == name || host.hasSuffix("." + name) }
    if campaign == nil, let platform = platforms.first(where: { isAt($0.key) })?.value {
      campaign = (platform, link.url)
      return
    }
    let places = [
      "facebook.com": "Facebook", "twitter.com": "Twitter", "instagram.com": "Instagram", "imdb.com": "IMDb",
      "vimeo.com": "Vimeo", "youtube.com": "YouTube",
    ]
    let isLabel = (1...30).contains(link.words.count) && !link.words.contains("/")
    let relation =
      places.first { isAt($0.key) }?.value
      ?? (isLabel ? link.words : "website")
    if !links.contains(where: { $0.url == link.url }) { links.append((relation, link.url)) }
  }
}
