import CivilTime
import Columns
import Markdown
import SourceText
import YAML

/// Turns the posts and pages of another generator into files of `content/`.
public struct PostConverter {
  /// The settings of the import.
  public var settings: ImportSettings
  /// Whether there is a file at a path of the site's that sitegen would publish, by its path below the folder.
  public var hasMedia: (String) -> Bool = { _ in false }
  private let site: PostSite
  private var names: ItemNames
  private var plans: [Plan] = []
  private var plansByPath: [String: Int] = [:]
  /// The day that stands in for that of a post which tells none.
  private var undated: CivilDate
  private let today: CivilDate
  private var pathOfAddress: [String: String] = [:]
  private var pathOfName: [String: String] = [:]
  private var newAddresses: Set<String> = []
  private var aliases: Set<String> = []

  private struct Plan {
    let source: String
    let names: PostNames
    let slug: String
    let title: String
    let date: CivilDate?
    let addresses: [String]
    let isReadable: Bool
    /// The places in it that links can lead to.
    let places: Set<String>
    /// The first folder that it is in.
    let section: String?
    var isPage: Bool
    /// Where it goes, which only all files together tell.
    var path = ""

    /// What tells it from all others of its site.
    var name: String { "\(isPage ? "page" : "post") \(source)" }
  }

  /// A converter of the posts and pages of `site`; where no post tells its day, `today` stands in for it.
  public init(_ settings: ImportSettings, _ site: PostSite, today: CivilDate) {
    self.settings = settings
    self.site = site
    undated = today
    self.today = today
    names = ItemNames(settings)
  }

  /// Takes note of the post or page that the file at `path` holds; false for a page without front matter, which is none.
  public mutating func add(_ text: String, at path: String, isPage: Bool) -> Bool {
    let post = Post(text, at: path, isPage: isPage, settings, site)
    guard !isPage || post.file.hasFields else { return false }
    plans.append(
      Plan(
        source: path, names: post.names, slug: post.slug, title: post.title, date: post.date?.date,
        addresses: post.addresses,
        isReadable: post.file.problem == nil, places: places(in: post.body),
        section: site.folders(of: post.names).first, isPage: isPage))
    return true
  }

  /// Decides what only all files together tell, before any is converted: which are pages, and where each goes.
  public mutating func finish() {
    undated = plans.lazy.filter { !$0.isPage }.compactMap(\.date).max() ?? undated
    // In a section of Hugo's where nothing has a date, nothing is a post.
    let sections = Set(plans.filter { $0.date != nil && !$0.isPage }.map(\.section))
    for index in plans.indices {
      if site.generator == .hugo, plans[index].isReadable, !sections.contains(plans[index].section) {
        plans[index].isPage = true
      }
      plans[index].path = path(of: plans[index], id: index + 1)
      plansByPath[plans[index].path] = index
      note(plans[index])
    }
  }

  /// The files of all posts and pages, once that is decided.
  public var files: Set<String> { Set(plans.map(\.path)) }

  private mutating func path(of plan: Plan, id: Int) -> String {
    if let former = names.former(formerPath(of: plan)) { return former }
    guard plan.isPage else {
      return names.path(named: plan.slug, id: id, on: plan.date ?? undated, isFolder: plan.names.isBundle)
    }
    let folders = site.folders(of: plan.names).map { Columns.slug(for: $0) }.filter { !$0.isEmpty }
    return names.path(ofPage: plan.slug, id: id, in: folders)
  }

  /// What tells the post or page from all others, of other sites too.
  private func key(of plan: Plan) -> String {
    site.places.first.map { "\($0) \(plan.name)" } ?? plan.name
  }

  /// Where it was put earlier, when its site may have been known by another name, or by none.
  private func formerPath(of plan: Plan) -> String? {
    for place in site.places {
      if let path = settings.formerPath("\(place) \(plan.name)") { return path }
    }
    // A post of another site may have the same path there, and hardly the same title.
    return settings.formerPath(plan.name).flatMap { path in
      settings.beginning(path)?.hasPrefix("---\n" + yamlLines([("title", .text(plan.title))])) ?? false
        ? path : nil
    }
  }

  /// Lets links find what `plan` is of.
  private mutating func note(_ plan: Plan) {
    newAddresses.insert(addressKey(newAddress(plan)))
    // A link to what isn't brought over is held back with it.
    guard plan.isReadable else { return }
    for address in plan.addresses where pathOfAddress[addressKey(address)] == nil {
      pathOfAddress[addressKey(address)] = plan.path
    }
    let name = plan.source.split(separator: "/").last.map(String.init) ?? ""
    for name in [plan.source, stem(plan.source), stem(name), plan.slug]
    where pathOfName[name.lowercased()] == nil { pathOfName[name.lowercased()] = plan.path }
  }

  private func newAddress(_ plan: Plan) -> String {
    guard !plan.isPage else { return addressOfPage(plan.path) }
    return settings.address(ofWriteUp: plan.path, on: plan.date ?? undated)
  }

  /// What the post or page that was added as number `index`, from 0, becomes.
  public mutating func convert(_ text: String, at index: Int) -> ConvertedItem {
    let plan = plans[index]
    let post = Post(text, at: plan.source, isPage: plan.isPage, settings, site)
    var result = ConvertedItem(
      key: key(of: plan), type: plan.isPage ? "page" : "post", id: index + 1, title: post.title)
    result.remarks = ["from \(plan.source)"] + post.remarks
    guard plan.isPage || !settings.isElsewhere(plan.path) else {
      result.elsewhere = plan.path
      return result
    }
    if let problem = post.file.problem {
      result.failure = problem
      return result
    }
    let finds = Finds()
    let body = PostText(post.body, title: post.title, surroundings(of: plan, finds))
    result.notes = body.notes
    result.heldBack = post.draftReason
    if !plan.isPage, post.date == nil {
      result.remarks.append("it has no date, and \(undated) stands in for it")
      result.heldBack = result.heldBack ?? "it has no date"
    }
    if plan.isPage { result.heldBack = result.heldBack ?? post.reasonAgainstPage(on: today) }
    if !body.lost.isEmpty {
      result.remarks.append("leads nowhere here: \(body.lost.prefix(8).joined(separator: ", "))")
      result.heldBack = result.heldBack ?? "it has links or pictures that lead nowhere here"
    }
    if !finds.missingPlaces.isEmpty {
      result.remarks.append(
        "places that aren't there: \(finds.missingPlaces.prefix(8).joined(separator: ", "))")
    }
    let aliases = keptAddresses(of: plan, &result.remarks)
    write(post, body.text, aliases, at: plan.path, to: &result)
    if result.failure == nil { result.companions = finds.companions }
    return result
  }

  /// The old addresses that can lead to where it is now.
  private mutating func keptAddresses(of plan: Plan, _ remarks: inout [String]) -> [String] {
    let own = addressKey(newAddress(plan))
    return plan.addresses.filter { address in
      let key = addressKey(address)
      guard key != own else { return false }
      let isFree =
        isFormerAddress(address) && !key.isEmpty && key != settings.folder && !newAddresses.contains(key)
        && !settings.takenAddresses.contains(key) && !isReservedFolder(String(key.prefix { $0 != "/" }))
      if isFree, aliases.insert(key).inserted { return true }
      remarks.append("its old address '\(cleaned(address).prefix(100))' can't be kept")
      return false
    }
  }

  /// Writes the file, once a build has nothing against it; a post that doesn't tell what its column asks for is a draft.
  private func write(
    _ post: Post, _ body: String, _ aliases: [String], at path: String, to result: inout ConvertedItem
  ) {
    var body = body
    func file() -> String {
      let fields = post.written(aliases: aliases, isDraft: result.heldBack != nil, undated: undated)
      return "---\n" + yamlLines(fields) + "---\n" + (body.isEmpty ? "" : "\n" + body)
    }
    var reading = Reading(file(), at: path, isPage: post.isPage)
    if let error = reading.errors.first {
      // Something in the text that sitegen refuses: the text is kept for an editor to look at.
      var text = cleaned(post.body).drop { $0 == "\n" }
      while text.last == "\n" { text.removeLast() }
      body = MarkdownWriter(allowsHTML: true).markdown([.verbatim(String(text), language: "markdown")])
      result.heldBack = "its text has to be looked at"
      reading = Reading(file(), at: path, isPage: post.isPage)
      guard reading.errors.isEmpty else {
        result.heldBack = nil
        result.failure = error
        return
      }
      result.remarks.append("its text is kept as code to look at, because of: \(error)")
    }
    if !post.isPage { result.heldBack = result.heldBack ?? reading.missing(of: settings.require) }
    result.files = [ConvertedItem.File(path: path, text: file())]
  }

  private func surroundings(of plan: Plan, _ finds: Finds) -> PostText.Surroundings {
    PostText.Surroundings(
      generator: site.generator,
      post: { [pathOfName] name in
        let name = name.lowercased().split(separator: "#").first.map(String.init) ?? ""
        return pathOfName[name] ?? pathOfName[stem(name.split(separator: "/").last.map(String.init) ?? "")]
      },
      address: { [self] in resolved($0, in: plan, finds) }, ownPath: { [site] in site.path(of: $0) },
      basePath: site.basePath)
  }

  /// Where a local address in the text of `plan` leads here; `nil` for nowhere.
  private func resolved(_ address: String, in plan: Plan, _ finds: Finds) -> String? {
    let base = String(address.prefix { $0 != "#" && $0 != "?" })
    let place = address.firstIndex(of: "#").map { String(address[$0...]) } ?? ""
    guard !base.isEmpty else { return link(to: plan.path, place, finds) }
    let isRooted = base.hasPrefix("/")
    let bare =
      isRooted && (base + "/").hasPrefix(site.basePath + "/")
      ? "/" + base.dropFirst(site.basePath.count).drop { $0 == "/" } : base
    if isRooted, addressKey(bare).isEmpty { return "/" }
    let folder = plan.source.split(separator: "/").dropLast().joined(separator: "/")
    guard let path = Self.joined(isRooted ? "" : folder, percentDecoded(base)) else { return nil }
    // A browser begins at the address of the post, and not at its file.
    if !isRooted, pathOfName[path.lowercased()] == nil, !hasMedia(path), let own = plan.addresses.first {
      let above = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      let there = Self.joined(above, percentDecoded(base)).flatMap { pathOfAddress[addressKey($0)] }
      if let there { return link(to: there, place, finds) }
    }
    let rooted = isRooted ? Self.joined("", percentDecoded(bare)) ?? path : path
    let file =
      isRooted
      ? [base, bare, site.basePath + base].lazy.compactMap { pathOfAddress[addressKey($0)] }.first : nil
    for path in [path, rooted] {
      if let file = file ?? pathOfName[path.lowercased()] { return link(to: file, place, finds) }
      // What was written by its tag is a file of `content/` already.
      if isRooted, plansByPath[path] != nil { return link(to: path, place, finds) }
    }
    let candidates =
      isRooted ? [rooted, "static/" + rooted, "assets/" + rooted, "source/" + rooted] : [path]
    if let source = candidates.first(where: hasMedia) {
      if plan.path.hasSuffix("/index.md"), !isRooted, source.hasPrefix(folder + "/") {
        let inside = source.dropFirst(folder.count)
        finds.add(source, String(plan.path.dropLast("/index.md".count)) + inside)
        return address
      }
      let target = isRooted ? rooted : "\(settings.folder)/files/\(source)"
      finds.add(source, target)
      return "/" + percentEncoded(target)
    }
    guard isRooted, !site.url.isEmpty else { return nil }
    return site.url + address
  }

  /// A link to the file at `path`, and there to `place`, if that is there.
  private func link(to path: String, _ place: String, _ finds: Finds) -> String {
    guard !place.isEmpty else { return "/" + path }
    let name = percentDecoded(String(place.dropFirst()))
    if plansByPath[path].map({ plans[$0].places.contains(name) }) ?? false { return "/" + path + place }
    finds.missingPlaces.append(place)
    return "/" + path
  }

  /// `reference`, as it is written in `folder`, from the top; `nil` when it climbs out.
  private static func joined(_ folder: String, _ reference: String) -> String? {
    var parts = folder.split(separator: "/").map(String.init)
    for part in reference.split(separator: "/") where part != "." {
      if part == ".." {
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}

/// What a text shows and leads to, as it is found.
private final class Finds {
  private(set) var companions: [ConvertedItem.Companion] = []
  private var known: Set<ConvertedItem.Companion> = []
  /// The places in texts, with their `#`, that aren't there.
  var missingPlaces: [String] = []

  func add(_ source: String, _ path: String) {
    let companion = ConvertedItem.Companion(source: source, path: path)
    if known.insert(companion).inserted { companions.append(companion) }
  }
}

/// The places in a Markdown text that links can lead to.
private func places(in text: String) -> Set<String> {
  let source = Source(path: "post.md", text: text)
  var diagnostics: [Diagnostic] = []
  let document = parseMarkdown(
    source, in: ByteRange(0, source.bytes.count), options: .writeUp, diagnostics: &diagnostics)
  return Set(document.anchors)
}
