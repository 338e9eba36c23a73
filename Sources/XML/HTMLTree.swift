import CXML2

/// A part of an HTML text.
public indirect enum HTMLNode: Sendable, Hashable {
  case element(HTMLElement)
  /// Text with references resolved; in a `<script>` or `<style>`, what stands there.
  case text(String)
  /// What stands between `<!--` and `-->`.
  case comment(String)
}

/// An element of an HTML text, with names in lower case.
public struct HTMLElement: Sendable, Hashable {
  /// An attribute; one without a value has an empty one.
  public struct Attribute: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value, with references resolved.
    public var value: String

    /// The attribute `name` with the value `value`.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The name.
  public var name: String
  /// The attributes in their order, each name once.
  public var attributes: [Attribute]
  /// What is in it.
  public var children: [HTMLNode]

  /// The element `name` with `attributes` and `children`.
  public init(_ name: String, _ attributes: [Attribute] = [], _ children: [HTMLNode] = []) {
    self.name = name
    self.attributes = attributes
    self.children = children
  }

  /// The value of an attribute; `nil` without it.
  public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}

/// Why an HTML text was not parsed.
public enum HTMLProblem: Error, Sendable, Hashable {
  /// Elements are nested more than 250 deep.
  case nesting
  /// A tag has more than a thousand attributes, or there are quotes that make it look so.
  case hugeTag
  /// It has more than 16 MiB, or there is no memory for it.
  case size
}

/// The tree that libxml2 makes of `html`, a text as it stands in a page's body: never an error for what browsers show.
///
/// Of an element with a colon in its name, which is none that HTML knows, there is what is in it.
///
/// - Throws: Why there is none; texts that people write never have such reasons.
/// - Complexity: O(*n*) in the number of bytes.
public func parseHTML(_ html: String) throws(HTMLProblem) -> [HTMLNode] {
  // With a body around it, text gets no paragraphs that nobody wrote.
  let tags = PrefixedTags(hiding: withSoundReferences(html))
  let bytes = Array("<html><body>".utf8) + tags.bytes + Array("</body></html>".utf8)
  guard bytes.count <= 16 << 20 else { throw .size }
  guard hasBoundedTags(bytes) else { throw .hugeTag }
  guard let parser = unsafe htmlNewParserCtxt() else { throw .size }
  defer { unsafe htmlFreeParserCtxt(parser) }
  let options =
    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NODEFDTD.rawValue | HTML_PARSE_NOERROR.rawValue
    | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
  let document = unsafe bytes.withUnsafeBytes { buffer in
    unsafe htmlCtxtReadMemory(
      parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, "UTF-8",
      Int32(options))
  }
  guard let document = unsafe document else { throw .size }
  defer { unsafe xmlFreeDoc(document) }
  // It is done with at the depth of 256, and what follows is lost.
  guard unsafe parser.pointee.lastError.level.rawValue < XML_ERR_FATAL.rawValue else { throw .nesting }
  return unsafe nodes(document.pointee.children, of: tags, depth: 0)
}

private func nodes(_ first: xmlNodePtr?, of tags: PrefixedTags, depth: Int) -> [HTMLNode] {
  var result: [HTMLNode] = []
  var next = unsafe first
  while let node = unsafe next {
    unsafe next = node.pointee.next
    switch unsafe node.pointee.type {
    case XML_ELEMENT_NODE:
      guard depth < 300 else { continue }
      let children = unsafe nodes(node.pointee.children, of: tags, depth: depth + 1)
      let name = unsafe tags.restored(string(node.pointee.name))
      // These are around everything, and again where somebody wrote them.
      if name == "html" || name == "body" || name.utf8.contains(0x3A) {
        result += children
      } else {
        result.append(
          .element(HTMLElement(name, unsafe attributes(node.pointee.properties, of: tags), children)))
      }
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      result.append(.text(unsafe tags.restored(string(node.pointee.content))))
    case XML_COMMENT_NODE: result.append(.comment(unsafe tags.restored(string(node.pointee.content))))
    default: break
    }
  }
  return result
}

private func attributes(_ first: xmlAttrPtr?, of tags: PrefixedTags) -> [HTMLElement.Attribute] {
  var result: [HTMLElement.Attribute] = []
  var next = unsafe first
  while let attribute = unsafe next {
    var value = ""
    var part = unsafe attribute.pointee.children
    while let text = unsafe part {
      value += unsafe string(text.pointee.content)
      unsafe part = text.pointee.next
    }
    result.append(
      HTMLElement.Attribute(name: unsafe string(attribute.pointee.name), value: tags.restored(value)))
    unsafe next = attribute.pointee.next
  }
  return result
}

private func string(_ text: UnsafePointer<xmlChar>?) -> String {
  unsafe text.map { unsafe String(cString: $0) } ?? ""
}

/// Whether no tag of `bytes` has more than a thousand attributes, as libxml2 would see them: it compares each with all
/// others of its tag, and those of a second `<html>` with all of the first.
///
/// A tag may begin at any `<` that has a letter behind it, whatever the text before it means; so each is looked at by
/// itself.
private func hasBoundedTags(_ bytes: [UInt8]) -> Bool {
  var budget = 8 * bytes.count + 1 << 20
  var roots = 0
  var index = 0
  while let open = bytes[index...].firstIndex(of: 0x3C) {
    index = open + 1
    guard index < bytes.count else { return true }
    let byte = bytes[index] | 0x20
    guard (0x61...0x7A).contains(byte) || bytes[index] == 0x5F || bytes[index] == 0x3A else { continue }
    if byte == 0x68 || byte == 0x62, isRoot(bytes[index...]) { roots += 1 }
    guard roots < 32, let length = tagLength(bytes[index...]) else { return false }
    budget -= length
    guard budget > 0 else { return false }
  }
  return true
}

private func isRoot(_ rest: ArraySlice<UInt8>) -> Bool {
  let name = rest.prefix(4).map { $0 | 0x20 }
  return name == Array("html".utf8) || name == Array("body".utf8)
}

/// The number of bytes up to the end of the tag; `nil` when it has too many attributes.
private func tagLength(_ rest: ArraySlice<UInt8>) -> Int? {
  var index = rest.startIndex
  var attributes = 0
  var isInName = false
  while index < rest.endIndex {
    switch rest[index] {
    case 0x3E: return index - rest.startIndex
    case 0x09...0x0D, 0x20, 0x2F: isInName = false
    case 0x3D:
      isInName = false
      var start = index + 1
      while start < rest.endIndex, rest[start] == 0x20 || (0x09...0x0D).contains(rest[start]) { start += 1 }
      guard start < rest.endIndex, rest[start] == 0x22 || rest[start] == 0x27 else { break }
      guard let close = rest[(start + 1)...].firstIndex(of: rest[start]) else {
        return attributes > 1000 ? nil : rest.count
      }
      index = close
    default:
      if !isInName {
        attributes += 1
        if attributes > 1000 { return nil }
      }
      isInName = true
    }
    index += 1
  }
  return rest.count
}
