/// The size of the primary image of an AVIF or HEIF, cut as its `clap` property asks and turned as its `irot`.
///
/// The `meta` box holds it all: `pitm` names the primary item, `iprp`/`ipco` lists properties, and
/// `iprp`/`ipma` says which of them an item has.
func heifSize(_ file: ByteReader) -> ImageSize? {
  guard let first = file.box(at: 0), first.type == "ftyp", isHEIF(first.content) else { return nil }
  guard let meta = file.firstBox("meta"), let boxes = meta.part(at: 4, count: meta.count - 4),
    let primary = primaryItem(boxes), let properties = boxes.firstBox("iprp"),
    let container = properties.firstBox("ipco")
  else { return nil }
  guard let associated = associations(of: primary, in: properties) else { return nil }

  var size: ImageSize?
  var clean: ImageSize?
  var isTurned = false
  var index = 0
  var offset = 0
  while let property = container.box(at: offset) {
    offset = property.end
    index += 1
    guard associated.contains(index) else { continue }
    switch property.type {
    case "ispe":
      guard let width = property.content.bigEndian(4, at: 4),
        let height = property.content.bigEndian(4, at: 8)
      else { return nil }
      size = ImageSize(width: width, height: height)
    case "clap":
      clean = cleanAperture(property.content)
    case "irot":
      guard let angle = property.content.byte(at: 0) else { return nil }
      isTurned = angle & 1 == 1
    default:
      break
    }
  }
  if let whole = size, let clean, clean.width <= whole.width, clean.height <= whole.height { size = clean }
  return isTurned ? size?.turned : size
}

/// The part of an image that is shown: a width and a height, each the quotient of two numbers.
private func cleanAperture(_ property: ByteReader) -> ImageSize? {
  guard let width = property.bigEndian(4, at: 0), let widthDivisor = property.bigEndian(4, at: 4),
    let height = property.bigEndian(4, at: 8), let heightDivisor = property.bigEndian(4, at: 12),
    widthDivisor > 0, heightDivisor > 0
  else { return nil }
  return ImageSize(width: width / widthDivisor, height: height / heightDivisor)
}

/// Whether an `ftyp` box names a brand of still images or image sequences.
private func isHEIF(_ ftyp: ByteReader) -> Bool {
  let brands = ["avif", "avis", "mif1", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx"]
  // The major brand, a version, and compatible brands.
  return stride(from: 0, to: ftyp.count, by: 4).contains { offset in
    offset != 4 && brands.contains { ftyp.has($0, at: offset) }
  }
}

private func primaryItem(_ boxes: ByteReader) -> Int? {
  guard let item = boxes.firstBox("pitm"), let version = item.byte(at: 0) else { return nil }
  return item.bigEndian(version == 0 ? 2 : 4, at: 4)
}

/// The 1-based indices of the properties of `item`; `nil` when a box is damaged.
private func associations(of item: Int, in properties: ByteReader) -> [Int]? {
  var offset = 0
  while let box = properties.box(at: offset) {
    offset = box.end
    guard box.type == "ipma" else { continue }
    let list = box.content
    guard let version = list.byte(at: 0), let flags = list.bigEndian(3, at: 1),
      let itemCount = list.bigEndian(4, at: 4)
    else { return nil }
    let itemWidth = version < 1 ? 2 : 4
    let indexWidth = flags & 1 == 0 ? 1 : 2
    var position = 8
    var remaining = itemCount
    while remaining > 0 {
      guard let id = list.bigEndian(itemWidth, at: position),
        let count = list.byte(at: position + itemWidth)
      else { return nil }
      position += itemWidth + 1
      guard list.part(at: position, count: count * indexWidth) != nil else { return nil }
      if id == item {
        // The highest bit says whether the property is essential.
        let mask = indexWidth == 1 ? 0x7F : 0x7FFF
        return (0..<count).compactMap {
          list.bigEndian(indexWidth, at: position + $0 * indexWidth).map { $0 & mask }
        }
      }
      position += count * indexWidth
      remaining -= 1
    }
  }
  return nil
}

/// A box of an ISO base media file.
private struct Box {
  /// Four characters.
  let type: String
  let content: ByteReader
  /// Where the box ends, counted from the start of what holds it.
  let end: Int
}

extension ByteReader {
  /// The box at `offset`; `nil` when there is none or its end is missing.
  fileprivate func box(at offset: Int) -> Box? {
    guard let shortLength = bigEndian(4, at: offset), let type = bigEndian(4, at: offset + 4) else {
      return nil
    }
    var headerLength = 8
    var length = shortLength
    if shortLength == 1 {
      guard bigEndian(1, at: offset + 8) == 0, let longLength = bigEndian(7, at: offset + 9) else {
        return nil
      }
      headerLength = 16
      length = longLength
    }
    // A length of 0 means "to the end of the file", whose beginning may be all that is here.
    guard length >= headerLength,
      let content = part(at: offset + headerLength, count: length - headerLength)
    else { return nil }
    let letters = [type >> 24, type >> 16 & 255, type >> 8 & 255, type & 255].map { UInt8($0) }
    return Box(type: String(decoding: letters, as: UTF8.self), content: content, end: offset + length)
  }

  /// The content of the first box of `type`.
  fileprivate func firstBox(_ type: String) -> ByteReader? {
    var offset = 0
    while let box = box(at: offset) {
      if box.type == type { return box.content }
      offset = box.end
    }
    return nil
  }
}
