import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline
@testable import sitegen

#if canImport(Darwin)
  import Darwin

  private let (connectSocket, streamType) = unsafe (Darwin.connect, SOCK_STREAM)
#else
  import Glibc

  private let (connectSocket, streamType) = unsafe (Glibc.connect, Int32(SOCK_STREAM.rawValue))
#endif

/// `sitegen serve` at work on the site of a workshop, on a port that was free.
private final class Served {
  let workshop: Workshop
  let port: UInt16
  private let process: Process
  private let output: FileHandle

  /// What it says in the terminal.
  private let errors: FileHandle

  /// `prelude` is done by the shell that starts it.
  init(
    _ workshop: Workshop, _ arguments: String..., prelude: String = ":", environment: [String: String] = [:]
  ) throws {
    self.workshop = workshop
    process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      ["-c", prelude + "; exec \"$0\" \"$@\"", try program().path(percentEncoded: false)]
      + ["serve", "--port", "0", "--as-of", "2026-11-23"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(filePath: workshop.path)
    let (pipe, errorPipe) = (Pipe(), Pipe())
    process.standardOutput = pipe
    process.standardError = errorPipe
    output = pipe.fileHandleForReading
    errors = errorPipe.fileHandleForReading
    try process.run()
    // The address is the first thing that it says, once it listens.
    let line = String(decoding: output.availableData, as: UTF8.self)
    let match = try #require(line.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\//), "\(line)")
    port = try #require(UInt16(match.1))
  }

  deinit { if process.isRunning { process.terminate() } }

  /// Ends it as Ctrl-C does; its exit code.
  func interrupt() -> Int32 {
    process.interrupt()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What it says until it ends by itself, and its exit code.
  func end() throws -> (code: Int32, errors: String) {
    let text = try lastWords()
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// What it says until it ends, whoever has what it had open then.
  func lastWords(interrupting: Bool = false) throws -> String {
    if interrupting { process.interrupt() }
    return String(decoding: try errors.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// A connection on which `request` was sent.
  func connect(_ request: String) throws -> FileHandle {
    let socket = socket(AF_INET, streamType, 0)
    try #require(socket >= 0)
    let handle = FileHandle(fileDescriptor: socket, closeOnDealloc: true)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connectSocket(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
    try handle.write(contentsOf: Data(request.utf8))
    return handle
  }

  /// What is answered to a request for `target` with other `headers`: the status, the headers, and the body.
  func ask(
    _ target: String, method: String = "GET", _ headers: String...
  ) throws -> (status: Int, headers: Substring, body: Substring) {
    let host = headers.contains { $0.hasPrefix("Host:") } ? [] : ["Host: 127.0.0.1:\(port)"]
    let lines = ["\(method) \(target) HTTP/1.1"] + host + headers + ["Connection: close", "", ""]
    let handle = try connect(lines.joined(separator: "\r\n"))
    let answer = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)[...]
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    return (Int(answer.dropFirst(9).prefix(3)) ?? 0, parts[0], parts.count > 1 ? parts[1] : "")
  }
}

/// Messages as they come.
private struct Messages {
  let handle: FileHandle
  private var text = ""

  init(_ served: Served) throws {
    handle = try served.connect("GET /.sitegen/events HTTP/1.1\r\nHost: localhost:\(served.port)\r\n\r\n")
  }

  mutating func next() throws -> String {
    while true {
      if let match = text.firstMatch(of: /data: (.*)\n\n/) {
        let message = String(match.1)
        text = String(text[match.range.upperBound...])
        return message
      }
      let data = handle.availableData
      try #require(!data.isEmpty)
      text += String(decoding: data, as: UTF8.self)
    }
  }
}

private let site =
  smallSite + "\n" + """
    >>> daily/2026-11-19-b.md
    ---
    title: B
    draft: true
    ---
    A draft.
    >>> notes.txt
    0123456789
    """

@Suite struct ServeCommandTests {
  @Test func pages() throws {
    let served = try Served(Workshop(site))
    let home = try served.ask("/")
    #expect(home.status == 200)
    #expect(home.headers.contains("Content-Type: text/html; charset=utf-8"))
    #expect(home.headers.contains("Content-Security-Policy: frame-ancestors 'self'"))
    #expect(home.body.contains("<script src=\"/\(RequestRules.scriptPath)\""))
    let draft = try served.ask("/daily/2026/b/")
    #expect(draft.body.contains("data-unpublished=\"Draft"))
    #expect(try served.ask("/daily").headers.contains("Location: /daily/\r\n"))
    let missing = try served.ask("/nothing/here")
    #expect(missing.status == 404 && missing.body.contains("<html"))
    #expect(try served.ask("/feed.xml").headers.contains("Content-Type: application/xml"))
    #expect(try served.ask("/" + RequestRules.scriptPath).body.contains("EventSource"))
    #expect(served.interrupt() == 0)
  }

  @Test func partsAndHeads() throws {
    let served = try Served(Workshop(site))
    #expect(try served.ask("/notes.txt").body == "0123456789\n")
    let part = try served.ask("/notes.txt", "Range: bytes=2-4")
    #expect(part.status == 206 && part.body == "234" && part.headers.contains("Content-Range: bytes 2-4/11"))
    let head = try served.ask("/notes.txt", method: "HEAD")
    #expect(head.status == 200 && head.body == "" && head.headers.contains("Content-Length: 11"))
  }

  /// A file that is larger than any memory is sent all the same.
  @Test func largeFiles() throws {
    let workshop = try Workshop(site)
    try workshop.write("film.bin", "abc")
    let file = try #require(FileHandle(forWritingAtPath: workshop.path + "/content/film.bin"))
    try file.truncate(atOffset: 1 << 40)
    try file.close()
    let served = try Served(workshop)
    let head = try served.ask("/film.bin", method: "HEAD")
    #expect(head.status == 200 && head.headers.contains("Content-Length: \(1 << 40)\r\n"))
    let part = try served.ask("/film.bin", "Range: bytes=0-299999")
    #expect(part.status == 206 && part.body.utf8.count == 300_000 && part.body.hasPrefix("abc\0"))
    #expect(part.headers.contains("Content-Range: bytes 0-299999/\(1 << 40)\r\n"))
    let whole = try served.connect("GET /film.bin HTTP/1.1\r\nHost: localhost:\(served.port)\r\n\r\n")
    #expect(String(decoding: try #require(try whole.read(upToCount: 12)), as: UTF8.self) == "HTTP/1.1 200")
    try whole.close()
    #expect(try served.ask("/").status == 200)
    #expect(served.interrupt() == 0)
  }

  /// A browser may keep what has what it holds in its name, and nothing else.
  @Test func whatIsKept() throws {
    let workshop = try Workshop(
      site.replacing("theme: plain", with: "theme: own") + "\n" + """
        >>> pages/assets/inside.md
        ---
        title: Inside
        ---
        >>> /themes/own/theme.yaml
        name: own
        contract: 1
        extends: plain
        >>> /themes/own/assets/more.css
        p { color: red }
        """)
    let served = try Served(workshop)
    let home = try served.ask("/").body
    let sheet = try #require(home.firstMatch(of: /href="(assets\/[^"]*\.css)"/)).1
    #expect(try served.ask("/\(sheet)").headers.contains("Cache-Control: max-age=31536000, immutable"))
    for path in ["/", "/assets/no-such.css", "/assets/inside/", "/notes.txt"] {
      #expect(try served.ask(path).headers.contains("Cache-Control: no-store"), "\(path)")
    }
    #expect(try served.ask("/assets/inside/").status == 200)
  }

  /// What the browser has open stays open when the preview has ended: its port must not be.
  @Test func theBrowserHoldsNothingOpen() throws {
    let workshop = try Workshop(site)
    // What stands in for it reads a pipe, until nobody has that open any more.
    for name in ["xdg-open", "open"] {
      try workshop.write("/bin/\(name)", "#!/bin/sh\nexec cat pipe\n")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: workshop.path + "/bin/" + name)
    }
    try #require(unsafe mkfifo(workshop.path + "/pipe", 0o600) == 0)
    let served = try Served(
      workshop, "--open", environment: ["PATH": workshop.path + "/bin:/usr/bin:/bin"])
    let pipe = try #require(FileHandle(forWritingAtPath: workshop.path + "/pipe"))
    _ = try served.lastWords(interrupting: true)
    #expect(PreviewServer.isFree(served.port))
    try pipe.close()
    #expect(try served.end().code == 0)
  }

  /// What is compared when all else is done isn't news each time.
  @Test func warningsAreSaidOnce() throws {
    let workshop = try Workshop(site)
    for (name, author) in [("a", "Zofia Wójcik"), ("b", "Zofia Wojcik")] {
      try workshop.write(
        "daily/2026-11-2\(name == "a" ? 0 : 1)-\(name).md",
        "---\ntitle: \(name)\ncredits: [{role: Editor, name: \(author)}]\n---\n"
      )
    }
    try workshop.remove("daily/2026-11-19-b.md")
    let served = try Served(workshop)
    var messages = try Messages(served)
    _ = try messages.next()
    for number in 1...3 {
      try workshop.write("daily/2026-11-1\(number)-c\(number).md", "---\ntitle: C \(number)\n---\n")
      // That there is a page, and that everything was looked at.
      _ = try messages.next()
      _ = try messages.next()
    }
    #expect(served.interrupt() == 0)
    let errors = try served.end().errors
    #expect(errors.split(separator: "[person/similar-names]").count == 2, "\(errors)")
    #expect(errors.contains("content/daily/2026-11-13-c3.md: shown after"), "\(errors)")
  }

  /// The site's folder is gone for a moment; when it is back, nobody tells.
  @Test func whatTheSystemRefusesIsTriedAgain() throws {
    let workshop = try Workshop()
    for file in SiteText(site).files { try workshop.write("/here/content/" + file.path, file.text) }
    let served = try Served(workshop, "--root", "here")
    var messages = try Messages(served)
    _ = try messages.next()
    let (here, away) = (workshop.path + "/here", workshop.path + "/away")
    try FileManager.default.moveItem(atPath: here, toPath: away)
    try workshop.write("/away/content/daily/2026-11-20-a.md", "---\ntitle: A\n---\nOther words.\n")
    #expect(try messages.next().contains("cannot open here"))
    try FileManager.default.moveItem(atPath: away, toPath: here)
    #expect(try messages.next().contains("\"problems\":[]"))
    #expect(try served.ask("/daily/2026/a/").body.contains("Other words."))
    #expect(served.interrupt() == 0)
    #expect(try served.end().errors.split(separator: "cannot open here").count == 2)
  }

  @Test func aServerThatEndsSaysSo() throws {
    let served = try Served(Workshop(site), prelude: "ulimit -n 60")
    // As many as the system lets the server have, and more.
    let connections = (0..<80).compactMap { _ in try? served.connect("GET / HTTP/1.1\r\n") }
    let (code, errors) = try served.end()
    #expect(code == 74 && errors.contains("can't be reached any more: Too many open files"), "\(errors)")
    for connection in connections { try connection.close() }
  }

  /// What `output/` holds of a build is not what is shown, and nothing of a preview gets into it.
  @Test func nothingIsWritten() throws {
    let workshop = try Workshop(site)
    _ = try run("build", "--as-of", "2026-11-23", in: workshop.path)
    let before = workshop.tree("")
    let served = try Served(workshop)
    for path in ["/", "/daily/", "/feed.xml", "/search/"] { _ = try served.ask(path) }
    #expect(served.interrupt() == 0)
    #expect(differences(workshop.tree(""), before) == [])
    #expect(before.allSatisfy { !$0.value.contains("sitegen-preview") })
  }

  @Test func otherHostsAreRefused() throws {
    let served = try Served(Workshop(site))
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:\(served.port)", ""] {
      #expect(try served.ask("/", "Host: \(host)").status == 421, "\(host)")
    }
    #expect(try served.ask("/", "Host: localhost:\(served.port)").status == 200)
  }

  @Test func changesAreTold() throws {
    let workshop = try Workshop(site)
    let served = try Served(workshop)
    var messages = try Messages(served)
    let first = try messages.next()
    try workshop.write("daily/2026-11-20-a.md", "---\ntitle: A\n---\nOther words.\n")
    let second = try messages.next()
    #expect(first != second)
    #expect(try served.ask("/daily/2026/a/").body.contains("Other words."))
    try workshop.write("daily/2026-11-20-a.md", "---\ntitel: A\n---\nOther words.\n")
    let broken = try messages.next()
    #expect(broken.contains("content/daily/2026-11-20-a.md:2:1"))
    #expect(broken.contains("vscode://file/"))
    #expect(try served.ask("/daily/2026/a/").status == 200)
    try workshop.write("daily/2026-11-20-a.md", "---\ntitle: A\n---\nOther words.\n")
    #expect(try messages.next().contains("\"problems\":[]"))
    try workshop.write("daily/new/2026-11-18-c.md", "---\ntitle: C\n---\nNew.\n")
    _ = try messages.next()
    #expect(try served.ask("/daily/2026/c/").status == 200)
    #expect(served.interrupt() == 0)
  }

  @Test func aSiteWithMistakesIsShownOnceTheyAreMended() throws {
    let workshop = try Workshop(site)
    try workshop.write("daily/2026-11-20-a.md", "---\n---\n")
    let served = try Served(workshop)
    #expect(try served.ask("/").status == 503)
    var messages = try Messages(served)
    #expect(try messages.next().contains("2026-11-20-a.md"))
    try workshop.write("daily/2026-11-20-a.md", "---\ntitle: A\n---\n")
    #expect(try messages.next().contains("\"problems\":[]"))
    #expect(try served.ask("/").status == 200)
  }

  /// The script makes text of it, and nothing in it ends the string, the event or the attribute that it stands in.
  @Test func messagesStayText() throws {
    let hostile = "</script><img src=x onerror=alert(1)>\n\ndata: x\"'&"
    let problem = PrintedProblem(
      severity: "error", id: "a/b", message: hostile,
      place: PrintedProblem.Place(text: hostile, link: hostile),
      excerpt: hostile, notes: [(hostile, nil)])
    let message = PreviewMessage(version: "1", problems: [problem], unpublished: [(hostile, .draft)]).json
    #expect(!message.contains("<") && !message.contains("\n"))
    let element = PreviewScript.element(version: hostile, unpublished: hostile, problem: problem.json)
    #expect(element.count(where: { $0 == "<" }) == 2 && element.count(where: { $0 == "\"" }) == 8)
    #expect(!PreviewScript.text.contains("innerHTML"))
  }

  @Test func whereThereIsNoSite() throws {
    let workshop = try Workshop()
    let result = try run("serve", in: workshop.path)
    #expect(result.code == 1 && result.errors.contains("site/missing-configuration"))
    let (code, _, errors) = try run("serve", "--root", "nowhere", in: workshop.path)
    #expect(code == 74 && errors.contains("nowhere"))
  }

  /// FlyingFox could load pages from elsewhere; what that takes isn't loaded with every command.
  @Test func commandsLoadNoNetworking() throws {
    let name = "'" + (try program().path(percentEncoded: false)) + "'"
    let result = try run(shell: "LD_TRACE_LOADED_OBJECTS=1 \(name)", in: packageFolder)
    #expect(!result.output.contains("FoundationNetworking") && !result.output.contains("libcurl"))
    #expect(result.output.contains("libc.so"))
  }
}

@Suite struct RequestRuleTests {
  private func judge(
    _ target: String = "/", method: String = "GET", host: String? = "127.0.0.1:4000", origin: String? = nil,
    site: String? = nil, mode: String? = nil, destination: String? = nil
  ) -> RequestRules.Verdict {
    RequestRules(port: 4000).judge(
      RequestRules.Request(
        method: method, target: target, host: host, origin: origin, site: site, mode: mode,
        destination: destination))
  }

  private func isRefused(_ verdict: RequestRules.Verdict, _ status: Int) -> Bool {
    if case .refused(status, _) = verdict { true } else { false }
  }

  @Test(arguments: [
    ("/", ""), ("/a/b/", "a/b/"), ("/caf%C3%A9", "café"), ("/a%20b", "a b"), ("/a..b/...", "a..b/..."),
  ])
  func paths(target: String, path: String) { #expect(judge(target) == .path(path)) }

  @Test(arguments: [
    "/..", "/../content/site.yaml", "/a/../../b", "/%2e%2e/b", "/..%2fb", "/a/%2E./b", "/a\\..\\b", "/%5c..",
    "/%00",
    "/a%0d%0ab", "/%c3", "/%zz", "/%+1a", "a", "", "http://evil.example/", "*",
  ])
  func pathsThatClimbOut(target: String) { #expect(isRefused(judge(target), 400), "\(target)") }

  @Test func methods() {
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get"] {
      #expect(isRefused(judge(method: method), 405), "\(method)")
    }
    #expect(judge(method: "HEAD") == .path(""))
  }

  @Test func hosts() {
    for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
      #expect(judge(host: host) == .path(""), "\(host)")
    }
    for host in [
      nil, "", "127.0.0.1", "127.0.0.1:80", "evil.example:4000", "127.0.0.1:4000@evil.example",
      "0.0.0.0:4000",
    ] {
      #expect(isRefused(judge(host: host), 421), "\(host ?? "none")")
    }
  }

  @Test func otherSites() {
    #expect(judge(origin: "http://localhost:4000") == .path(""))
    for origin in ["http://evil.example", "null", "https://127.0.0.1:4000", "http://127.0.0.1:5000"] {
      #expect(isRefused(judge("/.sitegen/events", origin: origin), 403), "\(origin)")
    }
    #expect(isRefused(judge("/search/x/search.js", site: "cross-site", mode: "no-cors"), 403))
    #expect(isRefused(judge(site: "same-site", mode: "cors"), 403))
    #expect(judge(site: "cross-site", mode: "navigate", destination: "document") == .path(""))
    for destination in ["iframe", "frame", "embed", "object", nil] {
      for site in ["cross-site", "same-site"] {
        #expect(isRefused(judge(site: site, mode: "navigate", destination: destination), 403))
      }
    }
    #expect(judge(site: "same-origin", mode: "navigate", destination: "iframe") == .path(""))
    #expect(judge("/.sitegen/events", site: "same-origin", mode: "cors") == .events)
  }

  @Test func ranges() {
    #expect(requestedRange("bytes=0-1", of: 10) == 0..<2)
    #expect(requestedRange("bytes=8-99", of: 10) == 8..<10)
    #expect(requestedRange("bytes=8-", of: 10) == 8..<10)
    #expect(requestedRange("bytes=-3", of: 10) == 7..<10)
    for text in [
      "bytes=10-", "bytes=5-2", "bytes=-0", "bytes=-", "bytes=0-1,4-5", "bytes=+1-2", "items=0-1", "",
    ] {
      #expect(requestedRange(text, of: 10) == nil, "\(text)")
    }
    #expect(requestedRange("bytes=0-", of: 0) == nil)
  }
}
