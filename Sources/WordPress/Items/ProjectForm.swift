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
  /// The labels whose text was not clear enough.
  var unclear: [String] = []

  init(_ text: LabelledText) {
    var parts = text.parts[...]
    if text.hasLabels { takeTitle(&parts) }
    while let part = parts.popFirst() {
      switch part {
      case .block(let block): body.append(block)
      case .label(let label, let meaning):
        let isRead =
          switch meaning {
          case .logline: takeLogline(&parts)
          case .credits: takeCredits(&parts)
          case .status: takeStatus(&parts)
          case .links: takeLinks(&parts)
          case .section: false
          }
        if isRead {
          read.append(label)
        } else {
          body.append(.heading(2, [.text(sentence(label))]))
          if meaning != .section { unclear.append(label) }
        }
      }
    }
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

  private mutating func takeLogline(_ parts: inout ArraySlice<LabelledText.Part>) -> Bool {
    guard logline == nil, let lines = paragraph(parts.first) else { return false }
    let text = singleSpaced(lines.plainText)
    guard !text.isEmpty, text.count <= 400, !lines.hasAddress else { return false }
    logline = text
    parts.removeFirst()
    return true
  }

  private mutating func takeStatus(_ parts: inout ArraySlice<LabelledText.Part>) -> Bool {
    guard status == nil, let lines = paragraph(parts.first) else { return false }
    let key = sortKey(for: lines.plainText)
    if let stage = Self.stages[key] {
      status = stage
      parts.removeFirst()
      return true
    }
    // In a longer text one stage that is named in plain words is clear, and the text has more to say.
    let named = Set(Self.phrases.filter { " \(key) ".contains(" \($0.key) ") }.map(\.value))
    if named.count == 1 { status = named.first }
    return false
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

  private mutating func takeCredits(_ parts: inout ArraySlice<LabelledText.Part>) -> Bool {
    guard credits.isEmpty else { return false }
    var found: [(role: String, name: String)] = []
    while true {
      let lines: [String]
      switch parts.first {
      case .block(.paragraph(let inside))?: lines = inside.plainText.split(separator: "\n").map(String.init)
      case .block(.list(let list))?:
        var items: [String] = []
        for item in list.items {
          guard item.count == 1, case .paragraph(let inside) = item[0] else { break }
          items.append(inside.plainText)
        }
        guard items.count == list.items.count else { lines = [""]; break }
        lines = items
      default: lines = []
      }
      var more: [(role: String, name: String)] = []
      var isClear = !lines.isEmpty
      for line in lines {
        guard let credits = Self.credits(line) else {
          isClear = false
          break
        }
        more += credits
      }
      guard isClear else { break }
      found += more
      parts.removeFirst()
    }
    credits = found
    return !found.isEmpty
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

  private mutating func takeLinks(_ parts: inout ArraySlice<LabelledText.Part>) -> Bool {
    var isRead = false
    while true {
      let lines: [Inline]
      switch parts.first {
      case .block(.paragraph(let inside))?: lines = inside
      case .block(.list(let list))?:
        var inside: [Inline] = []
        for case .paragraph(let item) in list.items.joined() { inside += item + [.lineBreak] }
        guard list.items.allSatisfy({ $0.count == 1 }) else { return isRead }
        lines = inside
      default: return isRead
      }
      var found: [(words: String, url: String)] = []
      var rest = ""
      Self.collect(lines, &found, &rest)
      let words = rest.split { !$0.isLetter && !$0.isNumber }
      guard !found.isEmpty, found.allSatisfy({ isWebAddress($0.url) }), words.count <= 3 * found.count else {
        return isRead
      }
      for link in found { add(link) }
      parts.removeFirst()
      isRead = true
    }
  }

  private static func collect(
    _ lines: [Inline], _ found: inout [(words: String, url: String)], _ rest: inout String
  ) {
    for inline in lines {
      switch inline {
      case .styled(.link(let url), let inside): found.append((singleSpaced(inside.plainText), url))
      case .styled(_, let inside): collect(inside, &found, &rest)
      case .text(let text):
        for word in text.split(whereSeparator: \.isWhitespace) {
          if word.hasPrefix("http://") || word.hasPrefix("https://") {
            found.append(("", String(word)))
          } else {
            rest += " " + word
          }
        }
      default: rest += " x"
      }
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
    let relation =
      places.first { isAt($0.key) }?.value
      ?? ((1...30).contains(link.words.count) && !link.words.contains("/") ? link.words : "website")
    if !links.contains(where: { $0.url == link.url }) { links.append((relation, link.url)) }
  }
}

extension [Inline] {
  /// Whether there is a link or a picture, which a field of text would lose.
  var hasAddress: Bool {
    contains { inline in
      switch inline {
      case .image, .html: true
      case .styled(.link, _): true
      case .styled(_, let inside): inside.hasAddress
      case .text, .code, .lineBreak: false
      }
    }
  }
}
