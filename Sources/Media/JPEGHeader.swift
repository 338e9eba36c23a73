/// The size in a JPEG's frame header, turned as its EXIF data asks.
func jpegSize(_ file: ByteReader) -> ImageSize? {
  guard file.has([0xFF, 0xD8], at: 0) else { return nil }
  var offset = 2
  var orientation: Int?
  while true {
    // A marker is 0xFF, any number of times, and a code.
    guard file.byte(at: offset) == 0xFF else { return nil }
    offset += 1
    while file.byte(at: offset) == 0xFF { offset += 1 }
    guard let code = file.byte(at: offset) else { return nil }
    offset += 1
    switch code {
    case 0x01, 0xD0...0xD7:
      // Markers without a segment.
      continue
    case 0x00, 0xD8, 0xD9, 0xDA:
      // Image data, or the image's end, before any frame header.
      return nil
    default:
      break
    }
    guard let length = file.bigEndian(2, at: offset), length >= 2 else { return nil }
    let isFrameHeader = (0xC0...0xCF).contains(code) && code != 0xC4 && code != 0xC8 && code != 0xCC
    if isFrameHeader {
      guard length >= 8, let height = file.bigEndian(2, at: offset + 3),
        let width = file.bigEndian(2, at: offset + 5)
      else { return nil }
      let size = ImageSize(width: width, height: height)
      return (5...8).contains(orientation ?? 1) ? size?.turned : size
    }
    guard let segment = file.part(at: offset + 2, count: length - 2) else { return nil }
    if code == 0xE1, orientation == nil { orientation = exifOrientation(segment) }
    offset += length
  }
}

/// The orientation, from 1 to 8, in the first directory of an EXIF segment; `nil` when it has none.
private func exifOrientation(_ segment: ByteReader) -> Int? {
  guard segment.has("Exif\0\0", at: 0), let tiff = segment.part(at: 6, count: segment.count - 6) else {
    return nil
  }
  let isLittleEndian = tiff.has("II", at: 0)
  guard isLittleEndian || tiff.has("MM", at: 0) else { return nil }
  func number(_ width: Int, at offset: Int) -> Int? {
    isLittleEndian ? tiff.littleEndian(width, at: offset) : tiff.bigEndian(width, at: offset)
  }
  guard number(2, at: 2) == 42, let directory = number(4, at: 4), let count = number(2, at: directory)
  else { return nil }
  for index in 0..<count {
    let entry = directory + 2 + index * 12
    guard let tag = number(2, at: entry) else { return nil }
    guard tag == 0x0112 else { continue }
    // One 16-bit number, which stands in the entry itself.
    guard number(2, at: entry + 2) == 3, number(4, at: entry + 4) == 1,
      let value = number(2, at: entry + 8), (1...8).contains(value)
    else { return nil }
    return value
  }
  return nil
}
