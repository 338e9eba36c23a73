import CYAML

/// The version of libyaml, such as `0.2.5`.
public var yamlVersion: String { unsafe String(cString: yaml_get_version_string()) }

/// libyaml's parser over a piece of memory, one event at a time; freed when the value goes away.
@safe struct EventStream: ~Copyable {
  /// libyaml's parser keeps a pointer to itself, so that it needs an address of its own.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The latest event.
  private let event: UnsafeMutablePointer<yaml_event_t>

  /// A stream over `bytes`, which must outlive it; `nil` when there is no memory.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      unsafe event.deallocate()
      return nil
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe yaml_parser_delete(parser)
    unsafe event.deallocate()
    unsafe parser.deallocate()
  }

  /// Goes on to the next event; false at a mistake, which ``problem`` then describes.
  borrowing func advance() -> Bool {
    unsafe yaml_event_delete(event)
    return unsafe yaml_parser_parse(parser, event) == 1
  }

  /// The mistake that ended the stream.
  var problem: SyntaxProblem {
    unsafe SyntaxProblem(
      text: parser.pointee.problem.map { unsafe String(cString: $0) } ?? "",
      construct: parser.pointee.context.map { unsafe String(cString: $0) } ?? "",
      mark: Int(parser.pointee.problem_mark.index),
      constructMark: Int(parser.pointee.context_mark.index))
  }

  // MARK: - The latest event

  var kind: yaml_event_type_t { unsafe event.pointee.type }
  /// The event's first character, counted from the start of the stream.
  var start: Int { unsafe event.pointee.start_mark.index }
  /// The character after the event's last.
  var end: Int { unsafe event.pointee.end_mark.index }
  /// Whether the event begins on one line and ends on another.
  var spansLines: Bool { unsafe event.pointee.start_mark.line != event.pointee.end_mark.line }

  /// A scalar's text.
  var text: String {
    unsafe String(
      decoding: UnsafeBufferPointer(
        start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length),
      as: UTF8.self)
  }

  var style: yaml_scalar_style_t { unsafe event.pointee.data.scalar.style }

  /// The name that `&name` gives to the node, or that `*name` refers to.
  var anchor: String? {
    let name: UnsafeMutablePointer<yaml_char_t>?
    switch unsafe event.pointee.type {
    case YAML_ALIAS_EVENT: unsafe name = event.pointee.data.alias.anchor
    case YAML_SCALAR_EVENT: unsafe name = event.pointee.data.scalar.anchor
    case YAML_SEQUENCE_START_EVENT: unsafe name = event.pointee.data.sequence_start.anchor
    case YAML_MAPPING_START_EVENT: unsafe name = event.pointee.data.mapping_start.anchor
    default: unsafe name = nil
    }
    guard let name = unsafe name else { return nil }
    return unsafe String(cString: name)
  }

  /// The tag, resolved as in `tag:yaml.org,2002:str`.
  var tag: String? {
    let tag: UnsafeMutablePointer<yaml_char_t>?
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT: unsafe tag = event.pointee.data.scalar.tag
    case YAML_SEQUENCE_START_EVENT: unsafe tag = event.pointee.data.sequence_start.tag
    case YAML_MAPPING_START_EVENT: unsafe tag = event.pointee.data.mapping_start.tag
    default: unsafe tag = nil
    }
    guard let tag = unsafe tag else { return nil }
    return unsafe String(cString: tag)
  }
}

/// What libyaml says about a mistake; places count characters from the start of what it was given.
struct SyntaxProblem {
  /// What is wrong, in libyaml's words.
  var text: String
  /// What libyaml was reading, in its words; empty when it does not say.
  var construct: String
  /// Where the mistake was noticed.
  var mark: Int
  /// Where that which was being read begins.
  var constructMark: Int
}
