import ArgumentParser
import CivilTime
import SitePipeline
import SourceText
import YAML

/// `sitegen serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Shows the site in a browser while it is written.",
    discussion: """
      Reads content/ and themes/ into memory, and makes each page when the browser asks for it. What is saved is read \
      again at once, and the browser shows it, where it was on the page. Mistakes appear over the page, which \
      stays as it was until they are mended. Drafts and write-ups of days to come are shown, and marked.

      Nothing is written: output/ is what 'sitegen build' left. Only this machine can see the preview.

      Exit codes: 0 when it was ended by Ctrl-C, 1 when there is no site to show, 64 when the command line is wrong, \
      74 when the system can't read or listen, or lets it listen no more.

      Examples:
        sitegen serve --open                   and look at it
        sitegen serve --port 8080 --theme plain
        sitegen serve --editor zed             mistakes open there
      """)

  @OptionGroup var site: BuildOptions

  @Option(
    help: ArgumentHelp(
      "The port to listen on; by default 4000, or another that is free.", valueName: "number"))
  var port: UInt16?

  @Flag(help: "Show the site in the browser that the system opens.")
  var open = false

  @Option(
    help: ArgumentHelp(
      "The editor that opens when a mistake's place is clicked: \(Editor.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var editor = Editor.vscode

  func run() async throws {
    do {
      try await serve()
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
  }

  private func serve() async throws {
    let start = monotonicSeconds()
    let interruptions = interruptions()
    var options = site.build()
    options.includesDrafts = true
    options.includesFuture = true
    options.generator = "sitegen \(Sitegen.version)"
    let preview = Preview(options) { [time = site.time] in time.now }
    // What is saved while everything is read is read again.
    let watch = try FileWatch(site.root)
    let first = try await preview.update()
    printDiagnostics(first.diagnostics, root: site.root)
    guard !first.diagnostics.contains(where: { $0.id == "site/missing-configuration" }) else {
      throw ExitCode(1)
    }

    let wanted = port ?? (PreviewServer.isFree(4000) ? 4000 : 0)
    guard wanted == 0 || PreviewServer.isFree(wanted) else {
      throw ValidationError("port \(wanted) is taken; without --port, one is taken that is free.")
    }
    let session = PreviewSession(
      preview, root: site.root, editor: editor, number: String(currentTimestamp().seconds, radix: 36))
    let server = try PreviewServer(
      preview, port: wanted, first: await session.message(for: first), printing: session.json)
    let (ends, end) = AsyncStream<End>.makeStream()
    async let _ = end.yield(.failed(await server.run()))
    async let _ = { for await _ in interruptions { end.yield(.interrupted) } }()
    async let _ = session.follow(
      watch, from: first, isTimely: site.time.asOf == nil, telling: server.listeners)
    guard let port = try? await server.port() else {
      SitePipeline.print("sitegen: cannot listen on port \(wanted)\n", toErrors: true)
      throw ExitCode(74)
    }
    let address = "http://127.0.0.1:\(port)/"
    SitePipeline.print(
      "\(address) shows the site, \(first.isBroken ? "once its mistakes are mended" : "\(groupedDigits(first.pageCount)) pages"); Ctrl-C ends it.\n",
      toErrors: false)
    SitePipeline.print("Ready after \(wholeMilliseconds(monotonicSeconds() - start)) ms.\n", toErrors: true)
    if open, !openInBrowser(address) {
      SitePipeline.print("No browser could be opened: open that address in yours.\n", toErrors: true)
    }
    for await end in ends {
      await server.stop()
      if case .failed(let reason) = end {
        SitePipeline.print("sitegen: the preview can't be reached any more: \(reason)\n", toErrors: true)
        throw ExitCode(74)
      }
      return
    }
  }

  /// What ends a preview.
  private enum End {
    case interrupted
    /// The server has ended, for this reason.
    case failed(String)
  }
}

extension Editor: ExpressibleByArgument {}
