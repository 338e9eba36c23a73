import ArgumentParser
import SitePipeline

/// `sitegen explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a message means and what to do about it.",
    discussion: """
      Every message ends with its id in brackets. Given one, this prints what it means; given the part before the \
      slash, all of that kind; and without any, a list.

      Exit codes: 0 when there is such an id, 64 when there is none.

      Examples:
        sitegen explain ballot/not-a-candidate
        sitegen explain ballot
        sitegen explain
      """)

  @Argument(
    help: ArgumentHelp("The id of a message, or the part before its slash.", valueName: "id"),
    completion: .messages)
  var id: String?

  func run() throws {
    guard let id else {
      return SitePipeline.print(list(Explanation.all), toErrors: false)
    }
    // Brackets come along when an id is copied from a message.
    let name = String(id.drop { $0 == "[" }.prefix { $0 != "]" })
    let found = Explanation.matching(name)
    guard !found.isEmpty else {
      let advice = Explanation.suggestion(for: name).map { "did you mean '\($0)'?" }
      throw ValidationError(
        "no message has the id '\(name)'; " + (advice ?? "'sitegen explain' lists those there are."))
    }
    let pages = found.map { "\($0.id)\n\n\($0.text)\n" }
    SitePipeline.print(pages.joined(separator: "\n"), toErrors: false)
  }

  /// A line for each: its id, and the beginning of what it means.
  private func list(_ explanations: [Explanation]) -> String {
    let width = explanations.map(\.id.count).max() ?? 0
    return explanations.reduce(into: "") { text, explanation in
      let gap = String(repeating: " ", count: width - explanation.id.count)
      text += "\(explanation.id)\(gap)  \(explanation.summary)\n"
    }
  }
}
