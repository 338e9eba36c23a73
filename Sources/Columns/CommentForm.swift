import SourceText
import YAML

/// How readers can comment, as `site.yaml` says it under `comments`: by a form that posts to an address, or by mail.
public struct CommentForm: Record {
  /// Whose names the fields of a form have.
  public enum Style: String, Vocabulary {
    /// Plain names, as Formspree and most services that mail a form on take them.
    case formspree
    /// `fields[…]` and `options[…]`, which Staticman puts into a file.
    case staticman
  }

  /// Where a form posts to; `nil` when comments come by mail alone.
  public let action: String?
  /// The names of the fields.
  public let style: Style
  /// The address for comments by mail.
  public let mail: String?

  enum Key {
    static let form = Field(
      "form", .oneOf(Style.self), "What the fields are called: formspree (the default) or staticman.")
    static let action = Field("action", .url, "The address that the form posts to.")
    static let mail = Field("mail", .line, "The address for comments by mail, where there is no action.")
  }

  /// The keys of `comments`.
  public static let fields: [AnyField] = [Key.form.erased, Key.action.erased, Key.mail.erased]

  /// Reads what is under `comments`; `nil` when it names no way to comment.
  public init?(_ reader: inout FieldReader) {
    let form = reader.optional(Key.form)
    action = reader.optional(Key.action)
    var mail = reader.optional(Key.mail)
    if let written = mail, !CommentForm.isMailAddress(written) {
      reader.report(.notAMailAddress(at: reader.location(of: "mail")))
      mail = nil
    } else if action == nil, mail == nil || form != nil, !reader.contains("action") {
      reader.report(.noWayToComment(at: reader.location(of: form == nil ? "comments" : "form")))
    }
    style = form ?? .formspree
    self.mail = mail
    if action == nil, mail == nil { return nil }
  }

  /// Whether `text` is a plain address as nearly all are: one that needs no escapes in a link.
  public static func isMailAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
    func isPlain(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    guard parts.count == 2, text.utf8.count <= 254 else { return false }
    return parts.allSatisfy { part in
      part.allSatisfy(isPlain)
        && part.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
  }
}

extension Diagnostic {
  fileprivate static func notAMailAddress(at location: Location) -> Diagnostic {
    .error(
      "site/mail-address", "this is no plain e-mail address", at: location,
      fix: "write one such as letters@example.org, of letters, digits and . _ + -")
  }

  fileprivate static func noWayToComment(at location: Location) -> Diagnostic {
    .error(
      "site/no-way-to-comment", "comments have neither an address to post to nor one for mail", at: location,
      fix:
        "add a line such as 'action: https://formspree.io/f/abc', or 'mail: letters@example.org' without 'form'"
    )
  }
}
