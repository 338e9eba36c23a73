import CivilTime
import SitePipeline
import SourceText

/// Follows a site's changes: looks at what changed, tells browsers, and says in the terminal what came of it.
struct PreviewSession: Sendable {
  private let preview: Preview
  private let root: String
  private let absolute: String?
  private let editor: Editor
  /// What tells this preview from those before it, of which pages may still be open.
  private let number: String

  init(_ preview: Preview, root: String, editor: Editor, number: String) {
    self.preview = preview
    self.root = root
    absolute = absolutePath(root)
    self.editor = editor
    self.number = number
  }

  /// How long the pages that were shown come first, in seconds, before everything else is looked at.
  private static let courtesy = 0.15
  /// After how long it is tried again, in seconds, what the system refused.
  private static let patience = 1.0

  /// Follows `watch` from `first` on, and the clock where `isTimely`, until its task is cancelled.
  func follow(
    _ watch: FileWatch, from first: Preview.Update, isTimely: Bool, telling listeners: PreviewListeners
  ) async {
    var known = Set(first.diagnostics)
    var last = first
    var isAtRest = true
    // What the system said last when it refused something, until it no longer does.
    var refusal: String?
    // When the same files come to something else, by the system's clock.
    var nextChange = first.momentOfNextChange
    func wait() -> Double? {
      if refusal != nil { return PreviewSession.patience }
      if !isAtRest { return PreviewSession.courtesy }
      return isTimely ? nextChange.map { Double(max(0, $0 - currentTimestamp().seconds)) } : nil
    }
    while let changes = await watch.next(within: wait()) {
      if let problem = watch.takeProblem() {
        SitePipeline.print("sitegen: \(problem); what is saved there isn't noticed\n", toErrors: true)
      }
      let start = monotonicSeconds()
      do {
        let isSettling = changes == FileChanges([]) && !isAtRest && refusal == nil
        isAtRest = isSettling
        let update =
          try await isSettling
          ? preview.settle(unless: { watch.hasNews }) : preview.update(after: changes)
        refusal = nil
        guard let update else { continue }
        let isNewlyBroken = update.isBroken && !last.isBroken
        last = update
        nextChange = update.momentOfNextChange
        await listeners.tell(message(for: update))
        if !isSettling || isNewlyBroken { say(changes, update, seconds: monotonicSeconds() - start) }
        let news = update.diagnostics.filter { !known.contains($0) }
        printDiagnostics(news, root: root)
        // What wasn't looked at is as it was.
        known = update.isSettled ? Set(update.diagnostics) : known.union(update.diagnostics)
      } catch is CancellationError {
        return
      } catch {
        guard refusal != "\(error)" else { continue }
        refusal = "\(error)"
        SitePipeline.print("sitegen: \(error)\n", toErrors: true)
        var message = await listeners.message
        message.former = nil
        message.problems = [
          PrintedProblem(
            severity: "error", id: "system", message: "\(error)", place: nil, excerpt: "", notes: [])
        ]
        await listeners.tell(message)
      }
    }
  }

  /// What browsers are told of `update`.
  func message(for update: Preview.Update) async -> PreviewMessage {
    var message = PreviewMessage(version: "\(number).\(update.version)")
    if case .styles(let styles) = update.effect {
      message.former = "\(number).\(update.version - 1)"
      message.styles = styles
    }
    if update.isBroken { message.problems = problems(update.diagnostics.filter { $0.severity == .error }) }
    message.unpublished = await preview.unpublished
    return message
  }

  /// A diagnostic as browsers show it.
  var json: @Sendable (Diagnostic) -> String {
    { diagnostic in problems([diagnostic]).map(\.json).joined() }
  }

  private func problems(_ diagnostics: [Diagnostic]) -> [PrintedProblem] {
    printed(Array(diagnostics.prefix(50)), root: root, absolute: absolute, editor: editor)
  }

  private func say(_ changes: FileChanges, _ update: Preview.Update, seconds: Double) {
    let paths = changes.paths.sorted()
    let what =
      paths.isEmpty && !changes.isEverything
      ? "the site"
      : paths.count == 1
        ? terminalText(paths[0]) : changes.isEverything ? "everything" : "\(groupedDigits(paths.count)) files"
    let outcome =
      if update.isBroken {
        "mistakes, the pages stay as they were"
      } else {
        switch update.effect {
        case .nothing: "nothing new to show"
        case .styles: "new styles shown"
        case .reload: "shown"
        }
      }
    SitePipeline.print("\(what): \(outcome) after \(wholeMilliseconds(seconds)) ms\n", toErrors: true)
  }
}

extension Preview.Update {
  /// When the same files come to something else, in seconds since 1970, if this is told now; `nil` when they never do.
  fileprivate var momentOfNextChange: Int64? {
    secondsToNextChange.map { currentTimestamp().seconds + Int64($0.rounded(.up)) }
  }
}

/// `seconds` in whole milliseconds.
func wholeMilliseconds(_ seconds: Double) -> String { groupedDigits(Int((seconds * 1000).rounded())) }
