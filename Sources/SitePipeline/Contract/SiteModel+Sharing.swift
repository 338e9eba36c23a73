import Columns

// What a page shows of itself where readers share it.

extension SiteModel {
  /// The picture to share page `index` with: a write-up's own, of a list the first of what it shows, of people their
  /// portrait.
  func image(ofPage index: Int) -> Position? {
    switch plan.pages[index].subject {
    case .writeUp(let id): return picture(of: id)
    case .person(let id):
      return bodies.portraits[id.index] == nil ? nil : Position(id.index, ObjectFlag.portrait)
    case .week(let id):
      let week = archive.weeks[id]
      return ((week.ballot.map { archive.ballots[$0].winners } ?? []) + week.writeUps).lazy.compactMap(
        picture
      ).first
    case .home: return newestFirst.prefix(12).lazy.compactMap(picture).first
    case .column, .term:
      return (pagination(UInt64(index))?.writeUps ?? []).lazy.compactMap(picture).first
    default: return nil
    }
  }

  /// A write-up's first still, or else its first picture.
  private func picture(of id: ID<WriteUp>) -> Position? {
    let images = bodies.images[id.index]
    guard !images.isEmpty else { return nil }
    return Position(id.index, images.firstIndex { $0.entry.kind == .still } ?? 0)
  }
}

extension SiteConfiguration {
  /// The language with the region where most of its readers are, as Open Graph wants it: `en_US`.
  ///
  /// A region that the tag names counts; a language that is in no list stands for itself.
  var locale: String {
    let parts = language.split(separator: "-")
    let base = parts.first.map { $0.lowercased() } ?? "en"
    if let region = parts.dropFirst().first(where: { $0.utf8.count == 2 }) {
      return "\(base)_\(region.uppercased())"
    }
    return SiteConfiguration.regions[base].map { "\(base)_\($0)" } ?? base
  }

  private static let regions = [
    "ar": "AR", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US",
    "es": "ES", "et": "EE", "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE", "gl": "ES",
    "he": "IL",
    "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ka": "GE",
    "ko": "KR",
    "lt": "LT", "lv": "LV", "nb": "NO", "nl": "NL", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU",
    "sk": "SK",
    "sl": "SI", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "vi": "VN", "zh": "CN",
  ]
}
