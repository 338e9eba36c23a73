import SourceText

/// A place in ``Markup`` where something is filled in when it is written.
public struct MarkupSlot: Sendable {
  /// What is filled in.
  public enum Fill: Sendable {
    /// A link, written for the page that the markup stands on and escaped for an attribute.
    case link(Link)
    /// Bytes as they are.
    case text([UInt8])
  }

  /// The number of bytes of the markup that come before.
  public var offset: Int
  /// What is filled in.
  public var fill: Fill
  /// The number of bytes of the markup that are left out behind it.
  public var replacedCount: Int

  /// A place after `offset` bytes where `fill` is written instead of the `replacedCount` bytes that follow.
  public init(offset: Int, fill: Fill, replacedCount: Int = 0) {
    self.offset = offset
    self.fill = fill
    self.replacedCount = replacedCount
  }
}

/// HTML whose local links are filled in when it is written, so that one body can stand on many pages and
/// in feeds.
///
/// Copies and slices share the bytes.
public struct Markup: Sendable {
  private final class Storage: Sendable {
    let bytes: [UInt8]
    let slots: [MarkupSlot]

    init(bytes: [UInt8], slots: [MarkupSlot]) {
      self.bytes = bytes
      self.slots = slots
    }
  }

  private let storage: Storage
  private let lower: UInt32
  private let upper: UInt32

  /// The HTML `bytes` with `slots` filled in, which are in order of their offsets.
  public init(bytes: [UInt8], slots: [MarkupSlot] = []) {
    storage = Storage(bytes: bytes, slots: slots)
    lower = 0
    upper = UInt32(clamping: bytes.count)
  }

  /// HTML without slots.
  public init(_ html: String) { self.init(bytes: Array(html.utf8)) }

  private init(storage: Storage, lower: UInt32, upper: UInt32) {
    self.storage = storage
    self.lower = lower
    self.upper = upper
  }

  /// The bytes of `range`, counted from this markup's first byte without what slots fill in; clamped.
  ///
  /// A slot belongs to the slice that holds the byte after it; one at the very end to the last slice.
  public func slice(_ range: Range<Int>) -> Markup {
    let range = range.clamped(to: 0..<byteCount)
    return Markup(
      storage: storage, lower: lower + UInt32(range.lowerBound), upper: lower + UInt32(range.upperBound))
  }

  /// The number of bytes, without what slots fill in.
  public var byteCount: Int { Int(upper - lower) }

  /// Whether nothing at all would be written.
  public var isEmpty: Bool { lower == upper && slots.isEmpty }

  /// The slots inside this slice.
  private var slots: ArraySlice<MarkupSlot> {
    let all = storage.slots
    let first = all.partitioningIndex { $0.offset >= Int(lower) }
    let last =
      Int(upper) == storage.bytes.count
      ? all.endIndex : max(first, all.partitioningIndex { $0.offset >= Int(upper) })
    return all[first..<last]
  }

  /// Appends the HTML with its slots filled in, local links written in the style of `links`.
  public func write(into buffer: inout ByteBuffer, links: LinkStyle) {
    var position = Int(lower)
    if !storage.slots.isEmpty {
      for slot in slots {
        buffer.append(storage.bytes, in: position..<slot.offset)
        position = slot.offset + slot.replacedCount
        switch slot.fill {
        case .link(let link): links.write(link, into: &buffer)
        case .text(let bytes): buffer.append(bytes)
        }
      }
    }
    buffer.append(storage.bytes, in: position..<Int(upper))
  }
}

extension Markup {
  /// The HTML as a text, its links as the home page writes them.
  public var text: String {
    var buffer = ByteBuffer()
    write(into: &buffer, links: .relative(prefix: "", page: ""))
    return buffer.string
  }
}
