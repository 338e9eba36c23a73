import CCMark
import CMarkArena

/// The version of libcmark, such as `0.30.2`.
public var cmarkVersion: String { unsafe String(cString: cmark_version_string()) }

/// A tree of libcmark's and a walk through it, both in the arena of the thread that makes it; gives back both.
///
/// A ``CMarkNode`` is valid while the tree that gave it lives, and a tree outlives those that are made after it on
/// its thread. Nothing outside this file touches a pointer of libcmark's.
@safe
struct CMarkTree: ~Copyable {
  /// A step of the walk: blocks and inlines with children are entered and left, leaves are entered only.
  enum Step {
    case enter(CMarkNode)
    case exit(CMarkNode)
  }

  private let root: OpaquePointer?
  private let iterator: OpaquePointer?
  private let mark: cmark_arena_mark

  /// The tree of `text`. With `repairing`, bytes that are not UTF-8 become U+FFFD.
  init(_ text: Span<UInt8>, smart: Bool, repairing: Bool) {
    let options =
      CMARK_OPT_DEFAULT | (smart ? CMARK_OPT_SMART : 0) | (repairing ? CMARK_OPT_VALIDATE_UTF8 : 0)
    unsafe mark = cmark_arena_here()
    let root = unsafe text.withUnsafeBytes { bytes in
      // A pointer that is not null, for a text that is empty.
      guard let start = bytes.baseAddress else { return unsafe cmark_arena_parse("", 0, options) }
      return unsafe cmark_arena_parse(start.assumingMemoryBound(to: CChar.self), bytes.count, options)
    }
    unsafe self.root = root
    unsafe self.iterator = root.flatMap { unsafe cmark_iter_new($0) }
  }

  deinit { unsafe cmark_arena_leave(mark) }

  /// The next step, or `nil` at the end.
  mutating func next() -> Step? {
    guard let iterator = unsafe iterator else { return nil }
    let event = unsafe cmark_iter_next(iterator)
    guard event == CMARK_EVENT_ENTER || event == CMARK_EVENT_EXIT,
      let node = unsafe cmark_iter_get_node(iterator)
    else { return nil }
    return unsafe event == CMARK_EVENT_ENTER ? .enter(CMarkNode(node)) : .exit(CMarkNode(node))
  }

  /// Goes on behind `node`, whose children and end are passed over.
  mutating func skip(_ node: CMarkNode) {
    guard let iterator = unsafe iterator else { return }
    unsafe cmark_iter_reset(iterator, node.pointer, CMARK_EVENT_EXIT)
  }
}

/// A node of a ``CMarkTree``, valid while the tree lives.
@safe
struct CMarkNode {
  /// What a node is; the numbers are libcmark's.
  enum Kind: UInt32 {
    case none, document, blockQuote, list, item, codeBlock, htmlBlock, customBlock, paragraph, heading
    case thematicBreak, text, softBreak, lineBreak, code, htmlInline, customInline, emphasis, strong
    case link, image
  }

  fileprivate let pointer: OpaquePointer

  fileprivate init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  var kind: Kind { Kind(rawValue: unsafe cmark_node_get_type(pointer).rawValue) ?? .none }

  var parent: CMarkNode? { unsafe cmark_node_parent(pointer).map { unsafe CMarkNode($0) } }
  var next: CMarkNode? { unsafe cmark_node_next(pointer).map { unsafe CMarkNode($0) } }
  var previous: CMarkNode? { unsafe cmark_node_previous(pointer).map { unsafe CMarkNode($0) } }
  var firstChild: CMarkNode? { unsafe cmark_node_first_child(pointer).map { unsafe CMarkNode($0) } }

  /// The only child, if there is just one.
  var onlyChild: CMarkNode? {
    guard let child = firstChild, child.next == nil else { return nil }
    return child
  }

  /// The lines of the node, from 1.
  var startLine: Int { Int(unsafe cmark_node_get_start_line(pointer)) }
  var endLine: Int { Int(unsafe cmark_node_get_end_line(pointer)) }
  /// The column of a block's first byte, from 1, in bytes.
  var startColumn: Int { Int(unsafe cmark_node_get_start_column(pointer)) }

  var headingLevel: Int { Int(unsafe cmark_node_get_heading_level(pointer)) }
  var isOrdered: Bool { unsafe cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(unsafe cmark_node_get_list_start(pointer)) }
  var isTight: Bool { unsafe cmark_node_get_list_tight(pointer) != 0 }

  /// The text of a text, code, HTML or code block node.
  @inline(__always)
  func withLiteral<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    unsafe withBytes(of: cmark_node_get_literal(pointer), body)
  }

  /// The info string of a code block.
  func withInfo<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    unsafe withBytes(of: cmark_node_get_fence_info(pointer), body)
  }

  /// The destination of a link or image.
  func withURL<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    unsafe withBytes(of: cmark_node_get_url(pointer), body)
  }

  /// The title of a link or image.
  func withTitle<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    unsafe withBytes(of: cmark_node_get_title(pointer), body)
  }

  @inline(__always)
  private func withBytes<Result>(of text: UnsafePointer<CChar>?, _ body: (Span<UInt8>) -> Result) -> Result {
    guard let text = unsafe text else { return body(Span()) }
    let count = unsafe cmark_text_length(text)
    return unsafe text.withMemoryRebound(to: UInt8.self, capacity: count) {
      unsafe body(UnsafeBufferPointer(start: $0, count: count).span)
    }
  }
}
