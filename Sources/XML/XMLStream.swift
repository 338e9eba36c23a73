import CXML2

/// Who is told what stands in an XML document, in its order.
public protocol XMLEvents: AnyObject {
  /// An element begins; its name is written as in the file, with its prefix, as in `wp:post_id`, those of its attributes
  /// without.
  func begin(_ name: String, _ attributes: [String: String])
  /// A part of the text in the innermost element that is open, as UTF-8 and with references resolved; a text may come
  /// in any number of parts, which end anywhere.
  func text(_ bytes: Span<UInt8>)
  /// The element of this name, the innermost that is open, ends.
  func end(_ name: String)
}

/// What ended the reading of an XML document.
public struct XMLProblem: Error, Sendable, Hashable {
  /// What kind of problem it is.
  public enum Kind: Sendable, Hashable {
    /// It is no XML; libxml2's words for it.
    case syntax(String)
    /// The document has a type declaration, in which entities could be declared.
    case documentType
    /// It is written in an encoding that is not read, whose name this is.
    case encoding(String)
    /// A tag is longer, or has more attributes, than anything that is read here has.
    case hugeTag
    /// The document ends before its first element does.
    case incomplete
    /// There is no memory.
    case memory
  }

  /// What is wrong.
  public var kind: Kind
  /// The line where it was noticed, from 1.
  public var line: Int
  /// The column there, from 1, as libxml2 counts; 0 where it does not.
  public var column: Int

  /// A problem of `kind` at that place.
  public init(kind: Kind, line: Int, column: Int) {
    self.kind = kind
    self.line = line
    self.column = column
  }
}

/// libxml2's parser for a document that comes in pieces, of which it keeps what it hasn't told yet.
///
/// It opens no file and no connection, and reads no document that has a type declaration: without one there are no
/// entities but the five of XML. It is in UTF-8, ASCII, or an encoding of the families ISO 8859 and Windows 125x. Elements nest at most 256 deep, and one piece of markup has at most 10 MB.
@safe public struct XMLStream: ~Copyable {
  private let parser: xmlParserCtxtPtr
  private let listener: Listener
  private var tags = TagBounds()
  private var encoding = DeclaredEncoding()
  /// What came before it was known in which encoding it is.
  private var waiting: [UInt8] = []
  private var problem: XMLProblem?

  /// A stream that tells `events`; `nil` when there is no memory.
  public init?(telling events: any XMLEvents) {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = 0xDEED_BEAF
    unsafe handler.startElementNs = { user, name, prefix, _, _, _, count, _, attributes in
      unsafe Listener.of(user)?.audience?.begin(qualified(name, prefix), values(attributes, Int(count)))
    }
    unsafe handler.endElementNs = { user, name, prefix, _ in
      unsafe Listener.of(user)?.audience?.end(qualified(name, prefix))
    }
    unsafe handler.characters = { user, text, count in unsafe Listener.of(user)?.tell(text, count) }
    unsafe handler.ignorableWhitespace = { user, text, count in unsafe Listener.of(user)?.tell(text, count) }
    unsafe handler.cdataBlock = { user, text, count in unsafe Listener.of(user)?.tell(text, count) }
    unsafe handler.internalSubset = { user, _, _, _ in unsafe Listener.of(user)?.hasDocumentType = true }
    unsafe handler.serror = { user, error in
      guard let error = unsafe error, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else {
        return
      }
      unsafe Listener.of(user)?.note(
        code: error.pointee.code, words: error.pointee.message, name: error.pointee.str1,
        line: Int(error.pointee.line), column: Int(error.pointee.int2))
    }
    listener = Listener(events)
    let user = unsafe Unmanaged.passUnretained(listener).toOpaque()
    guard let parser = unsafe xmlCreatePushParserCtxt(&handler, user, nil, 0, nil) else { return nil }
    unsafe self.parser = unsafe parser
    _ = unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
  }

  deinit { unsafe xmlFreeParserCtxt(parser) }

  /// Reads the next piece of the document.
  ///
  /// - Throws: What is wrong with it; the events so far have been told, and there will be no more.
  public mutating func read(_ piece: [UInt8]) throws(XMLProblem) {
    if let problem { throw problem }
    listener.hasBytes = listener.hasBytes || !piece.isEmpty
    waiting += piece
    encoding.read(piece)
    switch encoding.verdict {
    case .open: return
    case .sound: break
    case .refused(let name): problem = XMLProblem(kind: .encoding(name), line: 1, column: 1)
    case .endless:
      problem = XMLProblem(kind: .syntax("its declaration doesn't end"), line: 1, column: 1)
    }
    try check()
    try parse(take())
  }

  private mutating func take() -> [UInt8] {
    defer { waiting = [] }
    return waiting
  }

  private mutating func parse(_ piece: [UInt8]) throws(XMLProblem) {
    let isSound = tags.check(piece)
    _ = unsafe piece.withUnsafeBytes { bytes in
      unsafe xmlParseChunk(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
    }
    if !isSound { problem = problem(.hugeTag) }
    try check()
  }

  /// Tells that there are no more pieces.
  ///
  /// - Throws: What is wrong with the document, which may be that it isn't complete.
  public mutating func finish() throws(XMLProblem) {
    if let problem { throw problem }
    if !waiting.isEmpty { try parse(take()) }
    _ = unsafe xmlParseChunk(parser, nil, 0, 1)
    // What is only noticed at the end is that there is no more.
    if case .syntax? = listener.error?.kind, !listener.isAtReference { listener.error?.kind = .incomplete }
    try check()
  }

  private mutating func check() throws(XMLProblem) {
    if problem == nil, listener.hasDocumentType { problem = problem(.documentType) }
    if problem == nil, let error = listener.error { problem = error }
    if let problem {
      unsafe xmlStopParser(parser)
      throw problem
    }
  }

  private func problem(_ kind: XMLProblem.Kind) -> XMLProblem {
    XMLProblem(
      kind: kind, line: unsafe Int(parser.pointee.input?.pointee.line ?? 1),
      column: unsafe Int(parser.pointee.input?.pointee.col ?? 0))
  }
}

/// What the callbacks of a parser work on.
private final class Listener {
  private let events: any XMLEvents
  var hasDocumentType = false
  var hasBytes = false
  /// The first error.
  var error: XMLProblem?
  /// Whether that is a `&` which begins no reference, and for whose `;` the parser looks to the end.
  private(set) var isAtReference = false

  init(_ events: any XMLEvents) { self.events = events }

  /// Who is told what comes; nobody behind the first mistake.
  var audience: (any XMLEvents)? { error == nil && !hasDocumentType ? events : nil }

  static func of(_ user: UnsafeMutableRawPointer?) -> Listener? {
    unsafe user.map { unsafe Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
  }

  func tell(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let audience, let text = unsafe text, count > 0 else { return }
    unsafe audience.text(UnsafeBufferPointer(start: text, count: Int(count)).span)
  }

  func note(
    code: Int32, words: UnsafePointer<CChar>?, name: UnsafePointer<CChar>?, line: Int, column: Int
  ) {
    // Prefixes that nobody declared are common in feeds, and sound XML.
    guard error == nil, code != Int32(XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue) else { return }
    let kind: XMLProblem.Kind
    switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
    case XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING:
      kind = .encoding(unsafe name.map { unsafe String(cString: $0) } ?? "")
    case XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED, XML_ERR_CDATA_NOT_FINISHED,
      XML_ERR_COMMENT_NOT_FINISHED:
      kind = .incomplete
    case XML_ERR_DOCUMENT_EMPTY: kind = hasBytes ? .syntax("it does not begin with a tag") : .incomplete
    case XML_ERR_NO_MEMORY: kind = .memory
    default:
      let text = unsafe words.map { unsafe String(cString: $0) } ?? ""
      kind = .syntax(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it is no XML")
    }
    isAtReference =
      code == Int32(XML_ERR_NAME_REQUIRED.rawValue)
      || code == Int32(XML_ERR_ENTITYREF_SEMICOL_MISSING.rawValue)
    error = XMLProblem(kind: kind, line: line, column: column)
  }
}

private func qualified(_ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?) -> String {
  guard let name = unsafe name else { return "" }
  let local = unsafe String(cString: name)
  guard let prefix = unsafe prefix else { return local }
  return unsafe String(cString: prefix) + ":" + local
}

/// Attributes as libxml2 hands them over: each is its name, prefix and namespace, and where its value begins and ends.
private func values(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [String: String] {
  guard count > 0, let attributes = unsafe attributes else { return [:] }
  var result: [String: String] = [:]
  for index in 0..<count {
    guard let name = unsafe attributes[5 * index], let start = unsafe attributes[5 * index + 3],
      let end = unsafe attributes[5 * index + 4]
    else { continue }
    let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
    result[unsafe String(cString: name)] = unsafe String(decoding: value, as: UTF8.self)
  }
  return result
}
