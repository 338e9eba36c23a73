import CivilTime
import Columns
import SourceText
import YAML

/// Turns the posts of another generator into files of `content/`.
public struct PostConverter {
  /// The settings of the import.
  public let settings: ImportSettings
  /// Whether there is a file at a path of the site's that sitegen would publish, by its path below the folder.
  public var hasMedia: (String) -> Bool = { _ in false }
  private let site: PostSite
  private var names: ItemNames
  private var plans: [Plan] = []
  private var pathOfAddress: [String: String] = [:]
  private var pathOfName: [String: String] = [:]
  private var newAddresses: Set<String> = []
  private var aliases: Set<String> = []

  private struct Plan {
    var source: String
    var path: String
    var addresses: [String]
  }

  /// A converter of the posts of `site`.
  public init(_ settings: ImportSettings, _ site: PostSite) {
    self.settings = settings
    self.site = site
    names = ItemNames(settings)
  }

  /// What tells a post from all others.
  private static func key(_ path: String) -> String { "post \(path)" }

  /// Takes note of the post that the file at `path` holds, before any is converted.
  public mutating func add(_ text: String, at path: String) {
    let post = Post(text, at: path, settings, site)
    let former = names.former(settings.formerPath(Self.key(path)))
    let file =
      former
      ?? names.path(named: post.slug, id: plans.count + 1, on: post.date.date, isFolder: post.names.isBundle)
    newAddresses.insert(addressKey(newAddress(file, post)))
    plans.append(Plan(source: path, path: file, addresses: post.addresses))
    // A link to a draft is held back with it.
    guard post.file.problem == nil else { return }
    for address in post.addresses where pathOfAddress[addressKey(address)] == nil {
      pathOfAddress[addressKey(address)] = file
    }
    for name in [path, stem(path), stem(path.split(separator: "/").last.map(String.init) ?? ""), post.slug]
    where pathOfName[name.lowercased()] == nil { pathOfName[name.lowercased()] = file }
  }

  /// What the post that was added as number `index`, from 0, becomes.
  public mutating func convert(_ text: String, at index: Int) -> ConvertedItem {
    let plan = plans[index]
    let post = Post(text, at: plan.source, settings, site)
    var result = ConvertedItem(key: Self.key(plan.source), type: "post", id: index + 1, title: post.title)
    result.remarks = ["from \(plan.source)"] + post.remarks
    if let problem = post.file.problem {
      result.failure = problem
      return result
    }
    let companions = Companions()
    let body = PostText(post.file.body, title: post.title, surroundings(of: plan, companions))
    result.notes = body.notes
    result.heldBack = post.draftReason
    if !body.lost.isEmpty {
      result.remarks.append("leads nowhere here: \(body.lost.prefix(8).joined(separator: ", "))")
      if result.heldBack == nil { result.heldBack = "it has links or pictures that lead nowhere here" }
    }
    var kept: [String] = []
    for address in post.addresses {
      let key = addressKey(address)
      let isOwn = key == addressKey(newAddress(plan.path, post))
      if isOwn { continue }
      if !isFormerAddress(address) || key.isEmpty || newAddresses.contains(key)
        || settings.takenAddresses.contains(key)
        || isReservedFolder(String(key.prefix { $0 != "/" })) || !aliases.insert(key).inserted
        || key == settings.folder
      {
        result.remarks.append("its old address '\(cleaned(address).prefix(100))' can't be kept")
      } else {
        kept.append(address)
      }
    }
    func file() -> String {
      "---\n" + yamlLines(post.written(aliases: kept, isDraft: result.heldBack != nil)) + "---\n"
        + (body.text.isEmpty ? "" : "\n" + body.text)
    }
    var reading = Reading(file(), at: plan.path, isPage: false)
    let missing = settings.require.filter { !reading.written.contains($0) }
    if reading.errors.isEmpty, !missing.isEmpty, result.heldBack == nil {
      result.heldBack = "the column asks for \(missing.map(\.rawValue).joined(separator: ", "))"
      reading = Reading(file(), at: plan.path, isPage: false)
    }
    guard reading.errors.isEmpty else {
      result.failure = reading.errors[0]
      return result
    }
    result.files = [ConvertedItem.File(path: plan.path, text: file())]
    result.companions = companions.all
    return result
  }

  private func newAddress(_ path: String, _ post: Post) -> String {
    settings.permalink.address(
      column: settings.folder, date: post.date.date, week: ISOWeek(of: post.date.date),
      slug: ContentPath(path).pieceName)
  }

  private func surroundings(of plan: Plan, _ found: Companions) -> PostText.Surroundings {
    let folder = plan.source.split(separator: "/").dropLast().joined(separator: "/")
    let isBundle = plan.path.hasSuffix("/index.md")
    return PostText.Surroundings(
      post: { [pathOfName] name in
        let name = name.lowercased().split(separator: "#").first.map(String.init) ?? ""
        return pathOfName[name] ?? pathOfName[stem(name.split(separator: "/").last.map(String.init) ?? "")]
      },
      address: { [self] address in
        let base = String(address.prefix { $0 != "#" && $0 != "?" })
        guard !base.isEmpty else { return address }
        let isRooted = base.hasPrefix("/")
        guard let path = Self.joined(isRooted ? "" : folder, percentDecoded(base)) else { return nil }
        let bare =
          isRooted && !site.basePath.isEmpty && base.hasPrefix(site.basePath + "/")
          ? String(base.dropFirst(site.basePath.count)) : base
        if isRooted, let file = pathOfAddress[addressKey(base)] ?? pathOfAddress[addressKey(bare)] {
          return "/" + file
        }
        if let file = pathOfName[path.lowercased()] { return "/" + file }
        let rooted = isRooted ? Self.joined("", percentDecoded(bare)) ?? path : path
        for source in isRooted
          ? [rooted, "static/" + rooted, "assets/" + rooted, "source/" + rooted] : [path]
        where hasMedia(source) {
          if isBundle, !isRooted, source.hasPrefix(folder + "/") {
            let inside = source.dropFirst(folder.count)
            found.add(source, String(plan.path.dropLast("/index.md".count)) + inside)
            return address
          }
          let target = isRooted ? rooted : "\(settings.folder)/files/\(source)"
          found.add(source, target)
          return "/" + percentEncoded(target)
        }
        guard isRooted, !site.url.isEmpty else { return nil }
        return site.url + address
      })
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

/// The files that a text shows, as they are found.
private final class Companions {
  private(set) var all: [ConvertedItem.Companion] = []

  func add(_ source: String, _ path: String) {
    let companion = ConvertedItem.Companion(source: source, path: path)
    if !all.contains(companion) { all.append(companion) }
  }
}
