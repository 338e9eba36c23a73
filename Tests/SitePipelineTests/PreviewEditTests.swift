import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// Numbers that are the same each time: SplitMix64.
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

private func isWriteUp(_ path: String) -> Bool {
  path.hasPrefix("content/daily/") && path.hasSuffix(".md") && !path.contains("/_")
}

/// Whether others refer to the write-up, so that it can only be broken, not go.
private func isReferredTo(_ path: String) -> Bool {
  path.hasSuffix("/tide.md") || path.hasSuffix("/salt-road.md")
}

/// Somebody who edits a site without thinking.
private struct Editing {
  let workshop: Workshop
  var numbers: SeededNumbers
  /// The files by their paths below the site's folder.
  var files: [String: String]
  /// What broken files said before.
  var mendable: [String: String] = [:]
  /// The number of files that were begun.
  var begun = 0
  /// A page that somebody looks at.
  var page: String? {
    mutating get { ["index.html", "about/index.html", nil].randomElement(using: &numbers) ?? nil }
  }
  /// What was done, for messages.
  var last = ""

  init(_ workshop: Workshop, _ site: SiteText, seed: UInt64) {
    self.workshop = workshop
    numbers = SeededNumbers(state: seed)
    files = Dictionary(
      site.files.map {
        ($0.path.hasPrefix("/") ? String($0.path.dropFirst()) : "content/" + $0.path, $0.text)
      },
      uniquingKeysWith: { $1 })
  }

  private mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &numbers) }

  private mutating func next() -> Int {
    begun += 1
    return begun
  }

  private mutating func any(_ suitable: (String) -> Bool) -> String? {
    files.keys.filter(suitable).sorted().randomElement(using: &numbers)
  }

  private mutating func write(_ path: String, _ text: String) throws -> Set<String> {
    files[path] = text
    try workshop.write("/" + path, text)
    return [path]
  }

  private mutating func remove(_ path: String) throws -> Set<String> {
    files[path] = nil
    mendable[path] = nil
    try workshop.remove("/" + path)
    return [path]
  }

  private mutating func writeUp() -> String {
    let titles = ["Tide", "Salt", "Ferry", "Winter", "Rope", "River"]
    let names = ["Ann Shinn", "Mo Vidal", "김민수", "Zoë K", "A B"]
    let texts = [
      "Words.", "See [the tide](/daily/w47/tide.md#about).", "## About\n\nMore words.", "![It](/it.svg)",
      "> Said\n\nand *done*.",
    ]
    let day = number(below: 28) + 1
    return """
      ---
      title: \(titles[number(below: 6)]) \(number(below: 30))
      date: 2026-11-\(day < 10 ? "0" : "")\(day)
      format: short
      draft: \(number(below: 6) == 0)
      logline: One of \(number(below: 9)).
      status: \(["festival", "released", "production"][number(below: 3)])
      tags: [\(["desert", "sea", "snow"][number(below: 3)])]
      credits: [{role: Director, name: \(names[number(below: 5)])}]
      ---
      \(texts[number(below: 5)])

      """
  }

  private mutating func breakSomething() throws -> Set<String> {
    guard let path = any({ isWriteUp($0) || $0.hasSuffix("page.html") || $0.hasSuffix("site.yaml") }),
      let text = files[path]
    else { return [] }
    mendable[path] = mendable[path] ?? text
    return try write(
      path, path.hasSuffix(".html") ? text + "{% if %}" : text.replacing("title:", with: "title: [\n"))
  }

  private mutating func mend() throws -> Set<String> {
    guard let path = mendable.keys.sorted().first, let text = mendable.removeValue(forKey: path) else {
      return []
    }
    return try write(path, text)
  }

  private mutating func moveFolder() throws -> Set<String> {
    guard let file = any({ $0.hasSuffix("/index.md") }) else { return [] }
    let folder = String(file.dropLast("/index.md".count))
    let target = "content/daily/moved-\(next())"
    for (path, text) in files where path.hasPrefix(folder + "/") {
      files[path] = nil
      files[target + path.dropFirst(folder.count)] = text
      if let good = mendable.removeValue(forKey: path) {
        mendable[target + path.dropFirst(folder.count)] = good
      }
    }
    try FileManager.default.moveItem(
      atPath: workshop.path + "/" + folder, toPath: workshop.path + "/" + target)
    return [folder, target]
  }

  /// Edits something; the paths of what changed.
  mutating func edit() throws -> Set<String> {
    if !mendable.isEmpty, number(below: 3) == 0 { return try mend() }
    let choice = number(below: 100)
    last = "\(choice)"
    switch choice {
    case 0..<22:
      guard let path = any(isWriteUp), let text = files[path] else { return [] }
      return try write(path, text + "\nAnd \(number(below: 1000)) more.\n")
    case 22..<40:
      guard let path = any({ isWriteUp($0) && !isReferredTo($0) }) else { return [] }
      mendable[path] = nil
      return try write(path, writeUp())
    case 40..<50:
      return try write("content/daily/w\(number(below: 4) + 45)/new-\(next()).md", writeUp())
    case 50..<56:
      guard let path = any({ isWriteUp($0) && !isReferredTo($0) }) else { return [] }
      return try remove(path)
    case 56..<62:
      guard let path = any({ isWriteUp($0) && !isReferredTo($0) && !$0.hasSuffix("/index.md") }),
        let text = files[path]
      else { return [] }
      let target = "content/daily/renamed-\(next()).md"
      mendable[target] = mendable[path]
      let changed = try remove(path)
      return changed.union(try write(target, text))
    case 62..<66:
      let folder = "content/daily/folder-\(next())"
      let changed = try write(folder + "/index.md", writeUp())
      return changed.union(
        try write(
          folder + "/it.svg",
          "<svg xmlns='http://www.w3.org/2000/svg' width='\(number(below: 90) + 1)' height='9'/>"))
    case 66..<69: return try moveFolder()
    case 69..<73:
      return try write(
        "content/it.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='\(number(below: 3) + 1)' height='9'/>")
    case 73..<76: return try write("content/notes.txt", "\(number(below: 100))\n")
    case 76..<80: return try write("themes/own/assets/more.css", "p { margin: \(number(below: 100))px }\n")
    case 80..<84:
      return try write(
        "themes/own/templates/page.html",
        "{% extends \"parent:page.html\" %}{% block main %}\(number(below: 100)){% endblock %}\n")
    case 84..<86:
      guard mendable["content/site.yaml"] == nil, let text = files["content/site.yaml"] else { return [] }
      return try write(
        "content/site.yaml", text.replacing(/title: .*/, with: "title: Small \(number(below: 9))"))
    case 86..<88:
      return try write(
        "content/pages/about.md", "---\ntitle: About \(number(below: 9))\n---\n## \(number(below: 9))\n")
    case 88..<90:
      return try write("content/people/ann-shinn.md", "---\nname: Ann Shinn\n---\nShe \(number(below: 9)).\n")
    case 90..<92:
      return try write(
        "content/daily/w47/tide.comments.yaml",
        "- {date: 2026-11-21, body: No. \(number(below: 9))}\n")
    default: return try breakSomething()
    }
  }
}

@Suite struct PreviewEditTests {
  /// A thousand edits, and then every file of the preview is a fresh build's, with the same messages.
  @Test(arguments: 1...8) func afterManyEditsThePreviewIsABuild(seed: Int) async throws {
    let text =
      previewedSite
      + "\n>>> it.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\n"
    let workshop = try Workshop(text)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    var editing = Editing(workshop, SiteText(text), seed: UInt64(seed))
    var broken = 0
    for number in 1...125 {
      var changes = FileChanges([])
      // Some come in one go, as from git.
      for _ in 0...(number.isMultiple(of: 9) ? 5 : 0) { changes.formUnion(FileChanges(try editing.edit())) }
      // Now and then the next one comes before everything was looked at.
      let all = number.isMultiple(of: 40) ? .everything : changes
      let update =
        try await number.isMultiple(of: 4) ? check.preview.update(after: all) : check.update(after: all)
      if update.isBroken { broken += 1 }
      if let page = editing.page { _ = try await check.bytes(page) }
      guard number.isMultiple(of: 15) || number == 125 else { continue }
      let differences = try await check.differences()
      try #require(
        differences == [], "after edit \(number) of seed \(seed), \(editing.last): \(changes.paths)")
    }
    // Both ways were gone.
    #expect((5...80).contains(broken), "\(broken)")
  }

  /// The same with nothing to go by but what the watch has to tell of the files.
  @Test func whatTheWatchTellsIsEnough() async throws {
    let text =
      previewedSite
      + "\n>>> it.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\n"
    let workshop = try Workshop(text)
    let watch = try FileWatch(workshop.path)
    let check = try PreviewCheck(workshop)
    _ = try await check.update()
    var editing = Editing(workshop, SiteText(text), seed: 9)
    func follow(until path: String?) async throws {
      while true {
        let changes = try #require(await watch.next(within: 20))
        try #require(changes != FileChanges([]), "\(editing.last) is not noticed")
        _ = try await check.update(after: changes)
        if changes.isEverything || path.map(changes.paths.contains) ?? true { return }
      }
    }
    for number in 1...40 {
      if try !editing.edit().isEmpty { try await follow(until: nil) }
      guard number.isMultiple(of: 10) else { continue }
      // What was written last is told last.
      try workshop.write("last-\(number).txt", "Done.\n")
      try await follow(until: "content/last-\(number).txt")
      let differences = try await check.differences()
      try #require(differences == [], "after edit \(number), \(editing.last)")
    }
  }
}
