import SourceText

/// Where the addresses of public posts and pages lead now.
struct ItemLinks: Sendable {
  /// A post or page of this import.
  struct Destination: Sendable, Hashable {
    /// Its file below `content/`.
    var path: String
    /// The address that it gets, without slashes at its ends.
    var address: String
    /// The place in it that was meant, with its `#`; empty where it is not there any more.
    var place = ""
  }

  private var ofAddress: [String: Int] = [:]
  private var ofNumber: [Int: Int] = [:]
  private var destinations: [(id: Int, destination: Destination)] = []
  private var comments: Set<Int> = []
  /// The places within texts, by the numbers of their items.
  private var places: [Int: Set<String>] = [:]

  mutating func add(_ item: ExportItem, at path: String, _ address: String, _ site: SiteAddresses) {
    note(item)
    for comment in item.comments where comment.approved == "1" && comment.id > 0 {
      comments.insert(comment.id)
    }
    add(item.id, item.link, at: path, address, site)
  }

  /// Takes note of the places within an item.
  mutating func note(_ item: ExportItem) {
    let found = anchors(in: item.content)
    if !found.isEmpty { places[item.id] = found }
  }

  mutating func add(_ id: Int, _ link: String, at path: String, _ address: String, _ site: SiteAddresses) {
    if let key = site.key(link), ofAddress[key] == nil { ofAddress[key] = destinations.count }
    if id > 0, ofNumber[id] == nil { ofNumber[id] = destinations.count }
    destinations.append((id, Destination(path: path, address: address)))
  }

  func has(_ key: String) -> Bool { ofAddress[key] != nil }

  /// Where `address` leads; `nil` for what is no public post or page of the site.
  func destination(_ address: String, _ site: SiteAddresses) -> Destination? {
    guard let parts = SiteAddresses.Parts(address), let key = site.key(address) else { return nil }
    if let number = ofAddress[key] { return destination(number, parts.fragment) }
    let bare = site.key(parts.origin + parts.path) ?? ""
    guard [site.root, addressKey(site.root + "/index.php")].contains(bare) else { return nil }
    var id = 0
    for part in parts.query.dropFirst().split(separator: "&")
    where part.hasPrefix("p=") || part.hasPrefix("page_id=") {
      id = Int(part.drop { $0 != "=" }.dropFirst()) ?? 0
    }
    return ofNumber[id].map { destination($0, parts.fragment) }
  }

  private func destination(_ number: Int, _ fragment: String) -> Destination {
    let id = destinations[number].id
    var result = destinations[number].destination
    let name = percentDecoded(String(fragment.dropFirst()))
    if name.hasPrefix("comment-"), let comment = Int(name.dropFirst("comment-".count)),
      comments.contains(comment)
    {
      result.place = "#comment-c\(comment)"
    } else if places[id]?.contains(name) ?? false {
      result.place = fragment
    }
    return result
  }
}

/// The places in a text that links can lead to, as far as they stay: `<a name="…">` and `<a id="…">`.
func anchors(in content: String) -> Set<String> {
  var result: Set<String> = []
  let text = Bytes(content)
  for lead in ["<a name=\"", "<a id=\""] {
    var index = 0
    while let found = text.range(of: lead, from: index), result.count < 1000 {
      index = found.upperBound
      let rest = text.bytes[index..<min(text.bytes.count, index + 200)]
      guard let end = rest.firstIndex(of: 0x22), end + 1 < text.bytes.count, text.bytes[end + 1] == 0x3E
      else {
        continue
      }
      result.insert(String(decoding: text.bytes[index..<end], as: UTF8.self))
    }
  }
  return result
}
