import CivilTime
import Columns
import SourceText

extension Check {
  /// Campaigns that are over, by figures from before their end: `campaign/outcome-unknown`.
  ///
  /// Without a goal there is no outcome to be known.
  static let unknownOutcomes = Check { site in
    site.archive.writeUps.compactMap { writeUp in
      guard let standing = writeUp.campaign, standing.state == .ended, !standing.outcomeIsKnown,
        let campaign = writeUp.source.project.campaign, campaign.goal != nil
      else { return nil }
      return .outcomeUnknown(campaign, standing, in: writeUp.source)
    }
  }
}

extension Diagnostic {
  fileprivate static func outcomeUnknown(
    _ campaign: Campaign, _ standing: CampaignStanding, in source: WriteUpSource
  ) -> Diagnostic {
    let known =
      switch (campaign.pledged, campaign.asOf) {
      case (nil, _): "there is no 'pledged'"
      case (_, let day?): "its figures are of \(day)"
      case (_, nil): "its figures have no 'as_of'"
      }
    let end = standing.deadline.map { " on \($0.date)" } ?? ""
    return .warning(
      "campaign/outcome-unknown", "the campaign of '\(source.title)' ended\(end), and \(known)",
      at: source.location(source.places.campaign),
      fix: "see how it ended at \(campaign.url), and write 'pledged' and 'as_of'")
  }
}
