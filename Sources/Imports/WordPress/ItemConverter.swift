import CivilTime
import Columns
import SourceText
import XML
import YAML

/// Turns the items of an export into files of `content/`.
public struct ItemConverter {
  let survey: ExportSurvey
  /// Former addresses that an earlier item has.
  private var aliases: Set<String> = []

  /// A converter of the export that `survey` has gone over.
  public init(_ survey: ExportSurvey) { self.survey = survey }

  /// What `item`, the one of that number in the export from 0, becomes; `nil` for what is neither post nor page.
  ///
  /// What it writes is read back first: a file that sitegen would refuse is not written.
  public mutating func convert(_ item: ExportItem, at index: Int) -> ConvertedItem? {
    guard survey.paths.indices.contains(index), let path = survey.paths[index] else { return nil }
    var result = ConvertedItem(
      key: survey.key(of: item, at: index), type: item.type, id: item.id, title: plainLine(item.title))
    guard item.type == "page" || !survey.settings.isElsewhere(path) else {
      result.elsewhere = path
      return result
    }
    guard !item.isTooLarge else {
      result.failure = "a part of it is larger than \(ExportReader.partLimit >> 20) MB"
      return result
    }
    var text = ItemText(item, survey)
    result.fields = text.form.read
    result.remarks =
      text.form.unclear.map { "'\($0)' stays in the text" }
      + text.form.doubled.map { "'\($0)' is a field, and stays in the text, which says or shows more" }
      + text.remarks
    result.notes = text.notes
    var fields = ItemFields(item, at: path, survey)
    fields.aliases = fields.aliases.filter { address in
      let query = address.firstIndex(of: "?").map { address[$0...].lowercased() } ?? ""
      return aliases.insert(addressKey(String(address.prefix { $0 != "?" })) + query).inserted
    }
    if text.isUnread, fields.draftReason == nil { fields.draftReason = "its text has to be looked at" }
    result.title = fields.title
    result.remarks += fields.remarks
    guard let file = file(of: item, &text, &fields, at: path, &result) else { return result }
    result.media = text.media + fields.media
    result.files.append(ConvertedItem.File(path: path, text: file))
    addComments(of: item, at: path, to: &result)
    return result
  }

  /// The file as a build takes it; `nil`, with the reason in `result`, where that can't be.
  private func file(
    of item: ExportItem, _ text: inout ItemText, _ fields: inout ItemFields, at path: String,
    _ result: inout ConvertedItem
  ) -> String? {
    let isPage = item.type == "page"
    var reading = Reading(text.file(fields), at: path, isPage: isPage)
    if let error = reading.errors.first {
      // Something in the text that sitegen refuses: the text is kept for an editor to look at.
      result.remarks.append("it is kept as HTML to look at, because of: \(error)")
      fields.draftReason = "its text has to be looked at"
      text.keepWhole()
      reading = Reading(text.file(fields), at: path, isPage: isPage)
    }
    if let error = reading.errors.first {
      result.failure = error
    } else if let missing = reading.missing(of: survey.settings.require), !isPage {
      fields.draftReason = fields.draftReason ?? missing
    }
    result.heldBack = fields.draftReason
    return result.failure == nil ? text.file(fields) : nil
  }

  private func addComments(of item: ExportItem, at path: String, to result: inout ConvertedItem) {
    guard !item.comments.isEmpty else { return }
    let file = String(path.dropLast(".md".count)) + ".comments.yaml"
    let comments = ItemComments(item, at: file, survey)
    result.commentsLeftOut = comments.leftOut
    guard comments.count > 0 else { return }
    guard item.type == "post" else {
      result.commentsLeftOut["comments on a page, which has none here", default: 0] += comments.count
      return
    }
    result.commentCount = comments.count
    result.files.append(ConvertedItem.File(path: file, text: comments.text))
  }
}
