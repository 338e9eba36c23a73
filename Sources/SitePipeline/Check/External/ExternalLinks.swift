import CivilTime
import Columns
import Markdown
import SourceText
import YAML

/// The links of a site to other hosts: each address with the files that it stands in.
struct ExternalLinks: Sendable {
  /// The addresses as they are written, in order, and where each stands.
  private(set) var places: [(address: String, files: [ContentPath])] = []

  /// The web addresses in everything that editors write: bodies, front matter, votes and the menu. Readers' comments are
  /// not theirs, and addresses below `own`, the site's own, are not elsewhere.
  init(_ sources: ContentSources, own: String?) {
    let own = OwnAddress(own)
    var files: [String: [ContentPath]] = [:]
    func add(_ address: String?, _ path: ContentPath) {
      guard let address, WebAddress(address) != nil, own?.destination(in: address) == nil else {
        return
      }
      if files[address]?.last != path { files[address, default: []].append(path) }
    }
    func add(_ body: MarkdownDocument, _ path: ContentPath) {
      for link in body.links where link.isExternal { add(link.destination, path) }
      for image in body.images where image.isExternal { add(image.destination, path) }
    }
    for source in sources.writeUps {
      add(source.body, source.path)
      let project = source.project
      for link in project.links { add(link.url, source.path) }
      for step in project.statusHistory { add(step.url, source.path) }
      add(project.campaign?.url, source.path)
      add(project.sponsor?.url, source.path)
    }
    for source in sources.periods {
      add(source.body, source.path)
      add(source.vote?.url, source.path)
      add(source.vote?.sponsor?.url, source.path)
    }
    for source in sources.people {
      add(source.body, source.path)
      for link in source.links { add(link.url, source.path) }
    }
    for source in sources.columns { add(source.body, source.path) }
    for source in sources.freePages { add(source.body, source.path) }
    for entry in sources.site.menu { add(entry.link.value, ContentPath("site.yaml")) }
    places = files.map { (address: $0.key, files: $0.value.sorted()) }
      .sorted { $0.address.bytesPrecede($1.address) }
  }
}

/// What became of asking for an address.
enum LinkAnswer: Sendable, Hashable {
  /// It answered with this status: it is there, or says that it is, but not to programs.
  case alive(Int)
  /// It has moved for good, and the new address is there. It can be written unasked unless it seems to stand for something else.
  case moved(String, isSure: Bool)
  /// It is gone: a status, or no such host.
  case dead(String)
  /// Nobody knows, for this reason.
  case unreachable(String)
  /// It asked to be left alone until then.
  case later(Timestamp)
  /// It leads to this machine or to a private network, and was not asked.
  case isPrivate

  /// Whether readers get there.
  var isAlive: Bool {
    switch self {
    case .alive, .moved: true
    default: false
    }
  }
}
