import Columns
import Templates

extension ContractType {
  static let commentForm = TypeID(45), commentField = TypeID(46)
}

private typealias T = ContractType
private typealias Get = Templates.Field<SiteModel>

/// How readers comment on a write-up.
let commentFormTypes: [ObjectType<SiteModel>] = [
  ObjectType(
    id: T.commentForm, name: "CommentForm", summary: "How readers can comment on a write-up.",
    fields: [
      Get("kind", .string, "formspree, staticman or mail.") { m, _ in .string(m.commentFormKind) },
      Get("action", .optional(.string), "The address that the form posts to; none for kind mail.") { m, _ in
        optional(m.archive.site.commentForm?.action)
      },
      Get("mail", .optional(.string), "The address for comments by mail, of kind mail.") { m, _ in
        m.archive.site.commentForm?.action == nil ? optional(m.archive.site.commentForm?.mail) : .none
      },
      Get("hidden", .list(.object(T.commentField)), "What the form sends besides what the reader fills in.") {
        m, id in
        parts(T.commentField, of: Int(id), m.hiddenCommentFields(ofWriteUp: Int(id)).count)
      },
      Get("name_field", .string, "What the form calls the reader's name.") { m, _ in
        .string(m.commentFieldName("author", plain: "name"))
      },
      Get("url_field", .string, "What the form calls the reader's own page.") { m, _ in
        .string(m.commentFieldName("url", plain: "url"))
      },
      Get("text_field", .string, "What the form calls the comment.") { m, _ in
        .string(m.commentFieldName("body", plain: "message"))
      },
      Get("reply_field", .string, "What the form calls the comment that is answered.") { m, _ in
        .string(m.commentFieldName("reply_to", plain: "reply_to"))
      },
      Get("trap_field", .string, "What the form calls a field that only robots fill in.") { m, _ in
        .string(m.commentFieldName("hidden", plain: "_gotcha"))
      },
      Get("replies", .list(.object(T.comment)), "The comments that can be answered, in their order.") {
        m, id in
        parts(T.comment, of: Int(id), m.shownComments(ofWriteUp: id).comments.count)
      },
      Get("sent_anchor", .string, "The id of what says thank you: the form's address afterwards ends in it.")
      {
        _, _ in .string(SiteModel.commentSentAnchor)
      },
    ]),
  ObjectType(
    id: T.commentField, name: "CommentField", summary: "What a form sends without asking the reader.",
    fields: [
      Get("name", .string, "The name.") { m, id in .string(m.hiddenCommentField(id).name) },
      Get("value", .string, "The value.") { m, id in .string(m.hiddenCommentField(id).value) },
    ]),
]

extension SiteModel {
  static let commentSentAnchor = "comments-sent"

  /// The comments that the page of a write-up shows.
  func shownComments(ofWriteUp id: UInt64) -> CommentThreads {
    writeUp(id).showsComments ? writeUp(id).comments : .none
  }

  /// Whether readers can still comment on a write-up.
  func takesComments(_ id: UInt64) -> Bool {
    archive.site.commentForm != nil && source(id).comments == .open
  }

  fileprivate var commentFormKind: String {
    guard let form = archive.site.commentForm, form.action != nil else { return "mail" }
    return form.style.rawValue
  }

  fileprivate func commentFieldName(_ name: String, plain: String) -> String {
    archive.site.commentForm?.style == .staticman ? "fields[\(name)]" : plain
  }

  /// What tells the receiver which write-up a comment is about, and where to send the reader afterwards.
  fileprivate func hiddenCommentFields(ofWriteUp index: Int) -> [(name: String, value: String)] {
    guard let form = archive.site.commentForm, form.action != nil else { return [] }
    let writeUp = archive.writeUps[index]
    let page = archive.site.url.map { $0 + canonicalPath(links.writeUps[index]) }
    let thanks = page.map { "\($0)#\(SiteModel.commentSentAnchor)" }
    var fields: [(name: String, value: String)]
    switch form.style {
    case .formspree:
      fields = [("_subject", writeUp.headline), ("slug", writeUp.address)]
      if let page { fields.append(("page", page)) }
      if let thanks { fields.append(("_next", thanks)) }
    case .staticman:
      fields = [("options[slug]", writeUp.address)]
      if let thanks { fields.append(("options[redirect]", thanks)) }
    }
    return fields
  }

  fileprivate func hiddenCommentField(_ id: UInt64) -> (name: String, value: String) {
    let position = Position(id)
    return hiddenCommentFields(ofWriteUp: position.parent)[position.child]
  }
}
