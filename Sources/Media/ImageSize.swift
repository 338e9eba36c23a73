/// The size at which browsers show an image, in CSS pixels.
public struct ImageSize: Sendable, Hashable {
  /// The width, at least 1.
  public let width: Int
  /// The height, at least 1.
  public let height: Int

  /// A size; `nil` unless both sides are from 1 to 2³¹ − 1.
  public init?(width: Int, height: Int) {
    let sides = 1...Int(Int32.max)
    guard sides.contains(width), sides.contains(height) else { return nil }
    self.width = width
    self.height = height
  }

  /// The size with its sides swapped, as after a quarter turn.
  var turned: ImageSize { ImageSize(turning: self) }

  private init(turning size: ImageSize) {
    width = size.height
    height = size.width
  }
}

/// The size of the image whose file begins with `bytes`, known by what it holds and not by a name; `nil` when
/// that is no PNG, JPEG, GIF, WebP, AVIF, HEIF or SVG, is damaged, or ends before it says its size.
///
/// The turns that files ask for (JPEG's EXIF orientation, AVIF's and HEIF's `irot`) are taken into account.
/// An SVG without a width and height in absolute units has those of its `viewBox`.
///
/// Most files say their size in the first kilobyte; a JPEG or SVG may do so behind half a megabyte of
/// metadata, so try again with the whole file when its beginning gives `nil`.
///
/// - Complexity: O(*n*), and O(1) in the pixels; nothing is decoded.
public func imageSize(header bytes: [UInt8]) -> ImageSize? {
  let reader = ByteReader(bytes)
  return pngSize(reader) ?? gifSize(reader) ?? jpegSize(reader) ?? webPSize(reader)
    ?? heifSize(reader) ?? svgSize(bytes)
}
