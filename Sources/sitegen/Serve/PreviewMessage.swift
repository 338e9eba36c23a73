import SitePipeline
import SourceText

/// What browsers are told of a preview: all there is to know, each time, so that none has to have heard the last.
struct PreviewMessage {
  /// What tells what is shown from whatever else was, of this preview and of earlier ones.
  var version: String
  /// The version before, if all that sets them apart are style sheets.
  var former: String?
  /// The style sheets that have other names now, as from the site's root: the old, and the new.
  var styles: [String: String] = [:]
  /// What stands against what is shown.
  var problems: [PrintedProblem] = []
  /// The links of what a build would leave out, from the site's root, each with why.
  var unpublished: [(link: String, reason: Unpublication)] = []

  /// The message as JSON on one line.
  var json: String {
    var fields = ["\"version\":\(quoted(version))"]
    if let former { fields.append("\"former\":\(quoted(former))") }
    fields.append(
      "\"styles\":{"
        + styles.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(
          separator: ",")
        + "}")
    fields.append("\"problems\":[\(problems.map(\.json).joined(separator: ","))]")
    fields.append(
      "\"unpublished\":{"
        + unpublished.map { "\(quoted($0.link)):\(quoted($0.reason.words))" }.joined(separator: ",") + "}")
    return "{" + fields.joined(separator: ",") + "}"
  }
}

extension Unpublication {
  /// What it says on the page.
  var words: String {
    switch self {
    case .draft: "Draft: a build leaves it out"
    case .future(let date): "Appears on \(date)"
    }
  }
}

/// `text` as a string of JSON, which can stand in a script, too.
func quoted(_ text: String) -> String {
  var buffer = ByteBuffer()
  buffer.appendJSONString(text)
  return buffer.string
}

/// A diagnostic as a browser shows it.
struct PrintedProblem {
  /// A place, and what opens it in an editor.
  struct Place {
    let text: String
    let link: String?
  }

  let severity: String
  let id: String
  let message: String
  let place: Place?
  /// The lines of the place, with carets under it and what to write instead.
  let excerpt: String
  let notes: [(message: String, place: Place?)]

  var json: String {
    func field(_ place: Place?) -> String {
      guard let place else { return "null" }
      return "{\"text\":\(quoted(place.text)),\"link\":\(place.link.map(quoted) ?? "null")}"
    }
    let notes = notes.map { "{\"message\":\(quoted($0.message)),\"place\":\(field($0.place))}" }
    return "{\"severity\":\(quoted(severity)),\"id\":\(quoted(id)),\"message\":\(quoted(message)),"
      + "\"place\":\(field(place)),\"excerpt\":\(quoted(excerpt)),\"notes\":[\(notes.joined(separator: ","))]}"
  }
}

/// Editors that open a file at a place by an address.
enum Editor: String, CaseIterable {
  case vscode, vscodium, cursor, zed, textmate, idea, none

  /// The address that opens `path`, which is absolute; `nil` for none.
  func link(_ path: String, line: Int, column: Int) -> String? {
    let path = percentEncoded(path)
    switch self {
    case .vscode, .vscodium, .cursor, .zed: return "\(rawValue)://file\(path):\(line):\(column)"
    case .textmate: return "txmt://open?url=file://\(path)&line=\(line)&column=\(column)"
    case .idea: return "idea://open?file=\(path)&line=\(line)&column=\(column)"
    case .none: return nil
    }
  }
}

/// `diagnostics` as a browser shows them, of files in the folder `root`, which is also given with all its links followed.
func printed(
  _ diagnostics: [Diagnostic], root: String, absolute: String?, editor: Editor
) -> [PrintedProblem] {
  var printer = DiagnosticPrinter(reading: sourceReader(root: root))
  func place(_ location: Location?) -> PrintedProblem.Place? {
    guard let location, let text = printer.place(of: location) else { return nil }
    let position = printer.position(location)
    // What is inside the program is in no file.
    let isFile = position != nil && !location.path.contains(":")
    let link =
      isFile
      ? absolute.flatMap { folder in
        editor.link(folder + "/" + location.path, line: position?.line ?? 1, column: position?.column ?? 1)
      } : nil
    return PrintedProblem.Place(text: String(text.dropLast()), link: link)
  }
  return diagnostics.map { diagnostic in
    PrintedProblem(
      severity: diagnostic.severity.rawValue, id: diagnostic.id, message: terminalText(diagnostic.message),
      place: place(diagnostic.location), excerpt: printer.excerpt(diagnostic),
      notes: diagnostic.notes.map { (terminalText($0.message), place($0.location)) })
  }
}
