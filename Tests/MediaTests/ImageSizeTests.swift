import Testing

@testable import Media

struct ImageSizeTests {
  private func check(
    _ bytes: [UInt8], _ width: Int, _ height: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = ImageSize(width: width, height: height)
    #expect(imageSize(header: bytes) == expected, sourceLocation: sourceLocation)
    // A file that is cut short has the right size or none.
    for count in 0..<bytes.count {
      let size = imageSize(header: Array(bytes[..<count]))
      #expect(size == nil || size == expected, "\(count) bytes", sourceLocation: sourceLocation)
    }
    // A damaged one has any size, but reading it ends and stays inside it.
    for index in 0..<min(bytes.count, 400) {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var damaged = bytes
        damaged[index] = value
        _ = imageSize(header: damaged)
        if index > 0 { _ = imageSize(header: Array(damaged[..<index])) }
      }
    }
  }

  private func checkNone(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(imageSize(header: bytes) == nil, sourceLocation: sourceLocation)
  }

  @Test func png() {
    check(TinyFile.png, 33, 17)
    check(Array(TinyFile.png[..<24]), 33, 17)
    checkNone([0x89] + Array("PNG".utf8))
    checkNone(TinyFile.bytes("89504e470d0a1a0a 0000000d49484452 00000000 00000011"))
    checkNone(TinyFile.bytes("89504e470d0a1a0a 0000000d49484452 80000000 00000011"))
  }

  @Test func gif() {
    check(TinyFile.gif, 33, 17)
    check(Array("GIF87a".utf8) + [0x01, 0x02, 0x03, 0x00], 513, 3)
    checkNone(Array("GIF88a".utf8) + [0x01, 0x02, 0x03, 0x00])
    checkNone(Array("GIF89a".utf8) + [0, 0, 1, 0])
  }

  @Test func jpeg() {
    check(TinyFile.jpeg, 33, 17)
    check(TinyFile.progressiveJPEG, 33, 17)
    check(TinyFile.turnedJPEG, 17, 33)
    // Fill bytes, a marker without a segment, a Huffman table before the frame.
    check(
      TinyFile.bytes("ffd8 ffffff01 ffc40003 00 ffd0 ffc2000b 08 0011 0021 01 112233"), 33, 17)
    // A scan, the end, or a broken length before any frame.
    checkNone(TinyFile.bytes("ffd8 ffda0003 00 ffc0000b 08 0011 0021 01 112233"))
    checkNone(TinyFile.bytes("ffd8 ffd9 ffc0000b 08 0011 0021 01 112233"))
    checkNone(TinyFile.bytes("ffd8 ffe00001 ffc0000b 08 0011 0021 01 112233"))
    checkNone(TinyFile.bytes("ffd8 ffc0000b 08 0000 0021 01 112233"))
    checkNone([0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 10_000))
  }

  @Test(arguments: 0...9)
  func exifOrientation(orientation: UInt8) {
    let isTurned = (5...8).contains(orientation)
    func check(_ tiff: [UInt8], turned: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
      let exif = Array("Exif\0\0".utf8) + tiff
      let length = UInt8(exif.count + 2)
      let file: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE1, 0, length] + exif + TinyFile.bytes("ffc0000b 08 0011 0021 01 112233")
      self.check(file, turned ? 17 : 33, turned ? 33 : 17, sourceLocation: sourceLocation)
    }
    let little = TinyFile.bytes("49492a0008000000 0200 0f01 0200 01000000 00000000")
    check(little + TinyFile.bytes("1201 0300 01000000") + [orientation, 0, 0, 0], turned: isTurned)
    let big = TinyFile.bytes("4d4d002a00000008 0001 0112 0003 00000001")
    check(big + [0, orientation, 0, 0], turned: isTurned)
    // A wrong type, a wrong count, a directory outside the segment, an entry cut short.
    check(
      TinyFile.bytes("4d4d002a00000008 0001 0112 0004 00000001") + [0, orientation, 0, 0], turned: false)
    check(
      TinyFile.bytes("4d4d002a00000008 0001 0112 0003 00000002") + [0, orientation, 0, 0], turned: false)
    check(TinyFile.bytes("4d4d002affffffff 0001"), turned: false)
    check(big, turned: false)
  }

  @Test func webP() {
    check(TinyFile.lossyWebP, 33, 17)
    check(TinyFile.losslessWebP, 33, 17)
    check(TinyFile.extendedWebP, 33, 17)
    // Sides of 14 bits, with bits of scale above them.
    check(
      Array("RIFF....WEBPVP8 ....".utf8) + [0, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x7F, 0xFF, 0xFF], 16_383, 16_383)
    check(Array("RIFF....WEBPVP8L....".utf8) + [0x2F, 0xFF, 0xFF, 0xFF, 0xFF], 16_384, 16_384)
    check(
      Array("RIFF....WEBPVP8X....".utf8) + [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0], 16_777_216, 1)
    // Not a key frame, a wrong signature, another chunk.
    checkNone(Array("RIFF....WEBPVP8 ....".utf8) + [1, 0, 0, 0x9D, 1, 0x2A, 1, 0, 1, 0])
    checkNone(Array("RIFF....WEBPVP8L....".utf8) + [0x2E, 0xFF, 0xFF, 0xFF, 0xFF])
    checkNone(Array("RIFF....WEBPICCP....".utf8) + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func heif() {
    check(TinyFile.avif, 33, 17)
    check(TinyFile.transparentAVIF, 33, 17)
    check(TinyFile.turnedAVIF, 17, 33)
    check(TinyFile.heic, 33, 17)
    // Only `irot` turns; an EXIF orientation does not.
    check(TinyFile.heicWithEXIF, 33, 17)
    // A video has boxes too.
    checkNone(
      TinyFile.bytes("00000014") + Array("ftypisom".utf8) + TinyFile.bytes("00000000") + Array("mp42".utf8))
  }

  @Test func heifBoxes() {
    func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
      let count = content.count + 8
      return [0, 0, UInt8(count >> 8), UInt8(count & 255)] + Array(type.utf8) + content
    }
    func longBox(_ type: String, _ content: [UInt8]) -> [UInt8] {
      let count = content.count + 16
      return [0, 0, 0, 1] + Array(type.utf8) + [0, 0, 0, 0, 0, 0, UInt8(count >> 8), UInt8(count & 255)]
        + content
    }
    let ftyp = box("ftyp", Array("mif1\0\0\0\0".utf8))
    let sizes =
      box("ispe", TinyFile.bytes("00000000 00000001 00000002"))
      + box("ispe", TinyFile.bytes("00000000 00000021 00000011")) + box("irot", [1]) + box("irot", [2])
      + box("clap", TinyFile.bytes("00000040 00000002 0000000a 00000001 00000000 00000001 00000000 00000001"))
      + box("clap", TinyFile.bytes("00000040 00000001 0000000a 00000001 00000000 00000001 00000000 00000001"))
      + box("clap", TinyFile.bytes("00000040 00000000"))
    func file(pitm: String, ipma: String, long: Bool = false) -> [UInt8] {
      let properties = box("ipco", sizes) + box("free", []) + box("ipma", TinyFile.bytes(ipma))
      let meta =
        [0, 0, 0, 0] + box("pitm", TinyFile.bytes(pitm)) + (long ? longBox : box)("iprp", properties)
      return ftyp + box("free", [1, 2, 3]) + (long ? longBox : box)("meta", meta)
    }
    // The second item is the primary one: it has its own size, and no turn or a half turn.
    check(file(pitm: "00000000 0002", ipma: "00000000 00000002 0001 02 01 03 0002 01 82"), 33, 17)
    check(file(pitm: "00000000 0002", ipma: "00000000 00000002 0001 02 01 03 0002 02 82 84"), 33, 17)
    check(file(pitm: "00000000 0001", ipma: "00000000 00000002 0001 02 01 03 0002 01 82"), 2, 1)
    // A part of the image is shown, unless that is more than there is.
    check(file(pitm: "00000000 0001", ipma: "00000000 00000001 0001 02 02 05"), 32, 10)
    check(file(pitm: "00000000 0001", ipma: "00000000 00000001 0001 03 02 05 03"), 10, 32)
    check(file(pitm: "00000000 0001", ipma: "00000000 00000001 0001 02 02 06"), 33, 17)
    check(file(pitm: "00000000 0001", ipma: "00000000 00000001 0001 02 02 07"), 33, 17)
    // Wide item numbers, wide indices, long boxes.
    check(
      file(
        pitm: "01000000 00010002", ipma: "01000001 00000001 00010002 02 0002 8003", long: true), 17, 33)
    // An item without a size, an item that is not listed, lists that are cut short.
    checkNone(file(pitm: "00000000 0002", ipma: "00000000 00000001 0002 01 03"))
    checkNone(file(pitm: "00000000 0003", ipma: "00000000 00000001 0002 01 02"))
    checkNone(file(pitm: "00000000 0002", ipma: "00000000 ffffffff 0002 ff 02"))
    checkNone(file(pitm: "00000000 0002", ipma: "00000000 ffffffff 0001 01 02"))
  }

  @Test func svg() {
    func check(
      _ source: String, _ width: Int, _ height: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      self.check(Array(source.utf8), width, height, sourceLocation: sourceLocation)
    }
    check("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"33\" height=\"17\"><path/></svg>", 33, 17)
    check("<svg width='33px' height='17px'/>", 33, 17)
    check("<svg\n\twidth = \" 32.6 \"\r\nheight\n=\n'1.7e1px' >", 33, 17)
    check("<svg viewBox=\"0 0 33 17\">", 33, 17)
    check("<svg viewBox=\"-1,-2, 33.4,17.4\" width=\"100%\" height=\"100%\">", 33, 17)
    check("<svg viewBox=\"0 0 66 34\" width=\"33\">", 33, 17)
    check("<svg viewBox=\"0 0 66 34\" height=\"17\" width=\"auto\">", 33, 17)
    check("<svg width=\"1in\" height=\"2.54cm\">", 96, 96)
    check("<svg width=\"25.4mm\" height=\"72pt\">", 96, 96)
    check("<svg width=\"6pc\" height=\"101.6Q\">", 96, 96)
    check("<svg viewBox=\"0 0 2 1\" width=\"10em\" height=\"5em\">", 2, 1)
    check("<svg width=\".2\" height=\"0.1\">", 1, 1)
    check("<svg:svg width=\"33\" height=\"17\">", 33, 17)
    check(
      """
      \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
      <!-- made by hand <svg width="1" height="1"> -->
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
        <!ENTITY ns "> <svg width='2' height='2'>"> <!-- ]> -->
      ]>
      <?style a="<svg>"?>
      <svg data-width="3" width="33" style="width: 4px" height="17" width="5">
      """, 33, 17)
  }

  @Test func noSVG() {
    func checkNone(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) {
      self.checkNone(Array(source.utf8), sourceLocation: sourceLocation)
    }
    checkNone("")
    checkNone("<svg>")
    checkNone("<svg width=\"33\" height=\"17\"")
    checkNone("<svg width=\"33\" height=\"17>")
    checkNone("<svg width=\"33\">")
    checkNone("<svg width=\"33\" height=\"100%\">")
    checkNone("<svg width=\"0\" height=\"17\">")
    checkNone("<svg width=\"-33\" height=\"17\">")
    checkNone("<svg width=\"nan\" height=\"inf\">")
    checkNone("<svg width=\"0x10\" height=\"0x10\">")
    checkNone("<svg width=\"1e999\" height=\"1\">")
    checkNone("<svg width=\"1e10\" height=\"1\">")
    checkNone("<svg viewBox=\"0 0 33\">")
    checkNone("<svg viewBox=\"0 0 33 nan\">")
    checkNone("<svg viewBox=\"0 0 -33 17\">")
    checkNone("<svg viewBox=\"0 0 1e-300 1e300\" width=\"1\">")
    checkNone("<html><svg width=\"33\" height=\"17\"></html>")
    checkNone("text <svg width=\"33\" height=\"17\">")
    checkNone("<!-- <svg width=\"33\" height=\"17\">")
    checkNone("<!DOCTYPE svg [ <svg width=\"33\" height=\"17\">")
  }
}
