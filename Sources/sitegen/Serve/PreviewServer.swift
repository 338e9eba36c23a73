import FlyingFox
import FlyingSocks
import Foundation
import SitePipeline
import SourceText
import Synchronization

/// The preview of one site over HTTP, on this machine alone.
final class PreviewServer: Sendable {
  let preview: Preview
  let listeners: PreviewListeners
  private let server: HTTPServer
  private let answers: Answers

  /// A server for `preview` on `port`, or on any that is free for 0, whose listeners are told `message` first.
  ///
  /// - Throws: when there is no such address.
  init(_ preview: Preview, port: UInt16, first message: PreviewMessage, printing: @escaping Answers.Printing)
    throws
  {
    self.preview = preview
    let listeners = PreviewListeners(message)
    self.listeners = listeners
    let answers = Answers(preview: preview, listeners: listeners, print: printing)
    self.answers = answers
    let configuration = HTTPServer.Configuration(
      address: try .inet(ip4: "127.0.0.1", port: port), timeout: 60,
      pool: PromptSockets(HTTPServer.defaultPool()),
      logger: .disabled)
    server = HTTPServer(config: configuration, handler: ClosureHTTPHandler { try await answers.answer($0) })
  }

  /// Whether nobody listens on `port` of this machine.
  static func isFree(_ port: UInt16) -> Bool {
    guard let address: sockaddr_in = try? .inet(ip4: "127.0.0.1", port: port),
      let socket = try? Socket(domain: Int32(AF_INET))
    else { return false }
    defer { try? socket.close() }
    do {
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: address)
      try socket.listen()
      return true
    } catch {
      return false
    }
  }

  /// Answers requests until it is stopped; returns why it ended before.
  func run() async -> String {
    do {
      try await server.run()
      return "it was stopped"
    } catch SocketError.failed(_, _, let message) {
      return message
    } catch {
      return "\(error)"
    }
  }

  /// The port, once it listens.
  ///
  /// - Throws: when that doesn't come about.
  func port() async throws -> Int? {
    try await server.waitUntilListening(timeout: 10)
    guard case .ip4(_, port: let port)? = await server.listeningAddress else { return nil }
    answers.port.withLock { $0 = Int(port) }
    return Int(port)
  }

  /// Stops listening, and ends what is open.
  func stop() async { await server.stop() }
}

/// Sockets that send at once what they are given: an answer's headers and its body are two pieces, of which the second would
/// else wait for the browser's word on the first, 40 ms.
private struct PromptSockets<Base: AsyncSocketPool>: AsyncSocketPool {
  private let base: Base

  init(_ base: Base) { self.base = base }

  func prepare() async throws { try await base.prepare() }

  func run() async throws { try await base.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // Those that are accepted take it over from the one that listens.
    try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await base.suspendSocket(socket, untilReadyFor: events)
  }
}

/// What requests are answered.
final class Answers: Sendable {
  /// How a diagnostic is shown in a browser.
  typealias Printing = @Sendable (Diagnostic) -> String

  private let preview: Preview
  private let listeners: PreviewListeners
  private let print: Printing
  let port = Mutex(0)
  /// For what has its content in its name.
  private static let forever = "max-age=31536000, immutable"

  init(preview: Preview, listeners: PreviewListeners, print: @escaping Printing) {
    self.preview = preview
    self.listeners = listeners
    self.print = print
  }

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let rules = RequestRules(port: port.withLock { $0 })
    let asked = RequestRules.Request(
      method: request.method.rawValue, target: request.target.path(), host: request.headers[.host],
      origin: request.headers[HTTPHeader("Origin")], site: request.headers[HTTPHeader("Sec-Fetch-Site")],
      mode: request.headers[HTTPHeader("Sec-Fetch-Mode")],
      destination: request.headers[HTTPHeader("Sec-Fetch-Dest")])
    var response: HTTPResponse
    switch rules.judge(asked) {
    case .refused(let status, let why):
      response = text(why + "\n", "text/plain; charset=utf-8", status: status)
      if status == 405 { response.headers[HTTPHeader("Allow")] = "GET, HEAD" }
    case .events: response = await events(isHead: request.method == .HEAD)
    case .script:
      response = text(PreviewScript.text, "text/javascript; charset=utf-8")
      response.headers[.cacheControl] = Answers.forever
    case .path(let path): response = try await answer(path, request)
    }
    response.headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
    response.headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
    response.headers[HTTPHeader("Referrer-Policy")] = "same-origin"
    response.headers[HTTPHeader("Content-Security-Policy")] = "frame-ancestors 'self'"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return request.method == .HEAD ? withoutBody(response) : response
  }

  /// The same with the body's length, and without it.
  private func withoutBody(_ response: HTTPResponse) -> HTTPResponse {
    var head = HTTPResponse(statusCode: response.statusCode, headers: response.headers)
    if case .httpBody(let body) = response.payload, let count = body.count {
      head.headers[.contentLength] = String(count)
    }
    return head
  }

  private func events(isHead: Bool) async -> HTTPResponse {
    let headers: HTTPHeaders = [.contentType: "text/event-stream"]
    if isHead { return HTTPResponse(statusCode: .ok, headers: headers) }
    return HTTPResponse(
      statusCode: .ok, headers: headers, body: HTTPBodySequence(from: await listeners.listen()))
  }

  private func answer(_ path: String, _ request: HTTPRequest) async throws -> HTTPResponse {
    let version = await listeners.message.version
    do {
      switch try await preview.answer(to: path) {
      case .file(let file): return try response(file, request, version: version)
      case .missing(let page?):
        return try response(page, request, version: version, status: .notFound)
      case .missing(nil): return text("There is no such page.\n", "text/plain; charset=utf-8", status: 404)
      case .broken:
        return text(PreviewScript.brokenPage(version: version), "text/html; charset=utf-8", status: 503)
      case .folder:
        var response = HTTPResponse(statusCode: .movedPermanently)
        response.headers[.location] = "/" + percentEncoded(path) + "/"
        return response
      }
    } catch let error as SystemError {
      return text("\(error)\n", "text/plain; charset=utf-8", status: 500)
    }
  }

  private func response(
    _ file: PreviewFile, _ request: HTTPRequest, version: String, status: HTTPStatusCode = .ok
  ) throws -> HTTPResponse {
    switch file.content {
    case .bytes(var bytes):
      let isPage = file.mediaType.hasPrefix("text/html;")
      if isPage { bytes = dressed(bytes, file, version: version) }
      var response = body(bytes, file.mediaType, status: status)
      if file.isNamedByContent, !isPage, status == .ok { response.headers[.cacheControl] = Answers.forever }
      return response
    case .copy(let copy):
      guard let whole = try preview.read(copy, 0..<0)?.byteCount else {
        return text("The file is gone.\n", "text/plain; charset=utf-8", status: 404)
      }
      let range = request.headers[.range].flatMap { requestedRange($0, of: whole) }
      let pieces = FilePieces(preview: preview, copy: copy, range: range ?? 0..<whole)
      var response = HTTPResponse(
        statusCode: range == nil ? status : .partialContent, headers: [.contentType: file.mediaType],
        body: HTTPBodySequence(
          from: pieces, count: pieces.range.count, suggestedBufferSize: FilePieces.pieceSize))
      response.headers[.acceptRanges] = "bytes"
      if let range {
        response.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(whole)"
      }
      return response
    }
  }

  /// A page with the script that listens for changes, which goes in front of the end of its body.
  private func dressed(_ page: [UInt8], _ file: PreviewFile, version: String) -> [UInt8] {
    let script = PreviewScript.element(
      version: version, unpublished: file.unpublished?.words, problem: file.problem.map(print))
    let tag = Array("</body>".utf8)
    let end = stride(from: page.count - tag.count, through: 0, by: -1).first { page[$0...].starts(with: tag) }
    return page[..<(end ?? page.count)] + Array(script.utf8) + page[(end ?? page.count)...]
  }

  private func text(_ text: String, _ type: String, status: Int = 200) -> HTTPResponse {
    body(Array(text.utf8), type, status: status == 200 ? .ok : HTTPStatusCode(status, phrase: "Refused"))
  }

  private func body(_ bytes: [UInt8], _ type: String, status: HTTPStatusCode) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: type],
      body: HTTPBodySequence(data: Data(bytes), suggestedBufferSize: max(1, bytes.count)))
  }
}
