/// HTML without its tags, as `striptags` gives it.
enum StrippedMarkup {
  /// The text of `html`: comments and tags left out, spaces made single, entities replaced.
  static func text(_ html: [UInt8]) -> String {
    let bare = withoutTags(withoutComments(html))
    var collapsed: [UInt8] = []
    collapsed.reserveCapacity(bare.count)
    var index = Whitespace.skipping(in: bare, from: 0, to: bare.count)
    while index < bare.count {
      let next = Whitespace.skipping(in: bare, from: index, to: bare.count)
      if next > index {
        if next < bare.count { collapsed.append(0x20) }
        index = next
      } else {
        collapsed.append(bare[index])
        index += 1
      }
    }
    return String(decoding: unescaped(collapsed), as: UTF8.self)
  }

  private static func withoutComments(_ html: [UInt8]) -> [UInt8] {
    let opening: [UInt8] = Array("<!--".utf8)
    let closing: [UInt8] = Array("-->".utf8)
    var result = html
    var start = 0
    while let first = find(opening, in: result, from: start), let end = find(closing, in: result, from: first)
    {
      result.removeSubrange(first..<(end + closing.count))
      // What was left and right of a comment may make a new one; look from a little before.
      start = max(0, first - opening.count + 1)
    }
    return result
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
        return index
      }
      index += 1
    }
    return nil
  }

  private static func withoutTags(_ html: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(html.count)
    var index = 0
    while index < html.count {
      guard html[index] == 0x3C else {
        result.append(html[index])
        index += 1
        continue
      }
      guard let end = html[index...].firstIndex(of: 0x3E) else {
        result += html[index...]
        break
      }
      index = end + 1
    }
    return result
  }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x26) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x26, let (text, length) = entity(bytes, at: index) {
        result += Array(text.utf8)
        index += length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// What the entity at `start` stands for, and its length.
  private static func entity(_ bytes: [UInt8], at start: Int) -> (String, Int)? {
    var end = start + 1
    if end < bytes.count, bytes[end] == 0x23 {
      end += 1
      let isHexadecimal = end < bytes.count && bytes[end] | 0x20 == 0x78
      if isHexadecimal { end += 1 }
      let digitsStart = end
      while end < bytes.count, end < digitsStart + 8, isDigit(bytes[end], isHexadecimal: isHexadecimal) {
        end += 1
      }
      let digits = String(decoding: bytes[digitsStart..<end], as: UTF8.self)
      guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
      if end < bytes.count, bytes[end] == 0x3B { end += 1 }
      guard value != 0, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", end - start) }
      return (String(Character(scalar)), end - start)
    }
    while end < bytes.count, end < start + 12,
      isDigit(bytes[end], isHexadecimal: false) || isLetter(bytes[end])
    {
      end += 1
    }
    guard end < bytes.count, bytes[end] == 0x3B else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    return entities[name].map { ($0, end + 1 - start) }
  }

  private static func isDigit(_ byte: UInt8, isHexadecimal: Bool) -> Bool {
    (0x30...0x39).contains(byte) || (isHexadecimal && (0x61...0x66).contains(byte | 0x20))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// The entities that writers use; Markdown itself writes only the first four.
  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}",
    "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”",
    "bdquo": "„", "laquo": "«", "raquo": "»", "lsaquo": "‹", "rsaquo": "›", "hellip": "…", "middot": "·",
    "bull": "•", "dagger": "†", "copy": "©", "reg": "®", "trade": "™", "deg": "°", "times": "×",
    "divide": "÷",
    "frac12": "½", "frac14": "¼", "frac34": "¾", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢",
    "sect": "§", "para": "¶", "micro": "µ", "plusmn": "±", "minus": "−", "larr": "←", "rarr": "→",
    "uarr": "↑",
    "darr": "↓", "iexcl": "¡", "iquest": "¿", "szlig": "ß", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "Auml": "Ä",
    "Ouml": "Ö", "Uuml": "Ü", "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó", "uacute": "ú",
    "Aacute": "Á", "Eacute": "É", "Iacute": "Í", "Oacute": "Ó", "Uacute": "Ú", "agrave": "à", "egrave": "è",
    "igrave": "ì", "ograve": "ò", "ugrave": "ù", "Agrave": "À", "Egrave": "È", "acirc": "â", "ecirc": "ê",
    "icirc": "î", "ocirc": "ô", "ucirc": "û", "atilde": "ã", "ntilde": "ñ", "otilde": "õ", "Ntilde": "Ñ",
    "ccedil": "ç", "Ccedil": "Ç", "aring": "å", "Aring": "Å", "aelig": "æ", "AElig": "Æ", "oelig": "œ",
    "OElig": "Œ", "oslash": "ø", "Oslash": "Ø", "iuml": "ï", "euml": "ë", "yacute": "ý", "thorn": "þ",
    "eth": "ð",
    "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
  ]
}
