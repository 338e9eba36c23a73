/// The size in a PNG's first chunk.
func pngSize(_ file: ByteReader) -> ImageSize? {
  guard file.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0), file.has("IHDR", at: 12),
    let width = file.bigEndian(4, at: 16), let height = file.bigEndian(4, at: 20)
  else { return nil }
  return ImageSize(width: width, height: height)
}

/// The size of a GIF's screen, which all its frames are shown on.
func gifSize(_ file: ByteReader) -> ImageSize? {
  guard file.has("GIF87a", at: 0) || file.has("GIF89a", at: 0),
    let width = file.littleEndian(2, at: 6), let height = file.littleEndian(2, at: 8)
  else { return nil }
  return ImageSize(width: width, height: height)
}

/// The size in the first chunk of a WebP: lossy, lossless or extended.
func webPSize(_ file: ByteReader) -> ImageSize? {
  guard file.has("RIFF", at: 0), file.has("WEBP", at: 8) else { return nil }
  if file.has("VP8 ", at: 12) {
    // A key frame's tag of three bytes, a start code, and two sides of 14 bits with two bits of scale.
    guard let tag = file.byte(at: 20), tag & 1 == 0, file.has([0x9D, 0x01, 0x2A], at: 23),
      let width = file.littleEndian(2, at: 26), let height = file.littleEndian(2, at: 28)
    else { return nil }
    return ImageSize(width: width & 0x3FFF, height: height & 0x3FFF)
  }
  if file.has("VP8L", at: 12) {
    guard file.has([0x2F], at: 20), let bits = file.littleEndian(4, at: 21) else { return nil }
    return ImageSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
  }
  if file.has("VP8X", at: 12) {
    guard let width = file.littleEndian(3, at: 24), let height = file.littleEndian(3, at: 27)
    else { return nil }
    return ImageSize(width: width + 1, height: height + 1)
  }
  return nil
}
