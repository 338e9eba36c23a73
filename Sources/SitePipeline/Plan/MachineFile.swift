import Columns

/// A JSON file for other programs: a part of the site's data, or what a write-up says to those who embed it.
enum MachineFile: Sendable, Hashable {
  /// What there is, and in which files.
  case index
  /// A column's write-ups of one year.
  case year(ID<Year>)
  /// A column's weeks.
  case weeks(ID<Column>)
  /// A column's votes.
  case ballots(ID<Column>)
  /// A part of the people, from 1.
  case people(part: Int)
  /// Tags, genres, countries, formats and statuses.
  case terms
  /// A write-up's oEmbed.
  case oEmbed(ID<WriteUp>)

  /// The number of people in one file.
  static let peopleInPart = 1000

  /// The path below `output/`.
  func file(in archive: Archive) -> String {
    switch self {
    case .index: "api/index.json"
    case .year(let id):
      "api/\(archive.columns[archive.years[id].column].address)/\(archive.years[id].number).json"
    case .weeks(let id): "api/\(archive.columns[id].address)/weeks.json"
    case .ballots(let id): "api/\(archive.columns[id].address)/ballots.json"
    case .people(let part): "api/people/\(part).json"
    case .terms: "api/terms.json"
    case .oEmbed(let id): archive.writeUps[id].address + "/oembed.json"
    }
  }

  /// Every such file of `archive`, as far as its configuration wants them.
  static func all(of archive: Archive) -> [MachineFile] {
    var files: [MachineFile] = []
    if archive.site.hasAPI {
      files = [.index, .terms] + archive.years.indices.map { .year(ID($0)) }
      files += archive.columns.indices.filter { archive.columns[$0].source.hasWeeks }.map { .weeks(ID($0)) }
      files += archive.columns.indices.map { .ballots(ID($0)) }
      files += (0..<peopleParts(of: archive)).map { .people(part: $0 + 1) }
    }
    if archive.site.hasOEmbed, archive.site.url != nil {
      files += archive.writeUps.indices.filter { archive.writeUps[$0].isPublic }.map { .oEmbed(ID($0)) }
    }
    return files
  }

  /// The number of files that the people fill.
  static func peopleParts(of archive: Archive) -> Int {
    (archive.people.count + peopleInPart - 1) / peopleInPart
  }
}
