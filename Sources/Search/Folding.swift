import SourceText

/// What a character is to the words of the index.
enum Folded {
  /// A part of a word, spelt as words are compared.
  case letters(String)
  /// A character of a script that doesn't space its words.
  case unspaced
  /// Nothing, and no end of a word: an apostrophe, an accent that stands alone, a soft hyphen.
  case nothing
  /// The end of a word.
  case gap

  /// What `scalar` is without its case and accents, as the script's `fold` and `runs` have it.
  ///
  /// The two have to agree on every character: a word that the index spells in another way is never found.
  /// `Tests/SearchWords/words.json` holds both to the same words.
  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x27, 0x2019, 0x2BB, 0x2BC, 0xAD, 0x200B...0x200D, 0x300...0x36F: self = .nothing
    case 0..<0x180: self = Folded(letters: foldedLetters(of: scalar))
    case 0xFF01...0xFF5E:
      // The wide forms of ASCII.
      self = Unicode.Scalar(scalar.value - 0xFEE0).map(Folded.init) ?? .gap
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .unspaced
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x30FF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      self = foldedLetters(of: scalar).isEmpty ? .gap : .unspaced
    default:
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      self = Folded(letters: lower.first.flatMap { variants[$0] } ?? foldedLetters(of: scalar))
    }
  }

  private init(letters: String) { self = letters.isEmpty ? .gap : .letters(letters) }
}

/// What the letters beside the Latin ones of ``foldedLetters(of:)`` fold to.
private let variants: [Unicode.Scalar: String] = {
  var result: [Unicode.Scalar: String] = [:]
  for line in table.split(separator: "\n") {
    let parts = line.split(separator: " ")
    for letter in parts[1].unicodeScalars { result[letter] = String(parts[0]) }
  }
  return result
}()

/// Letters, and after a space what folds to them; by number where an editor could take a letter for its double.
private let table = """
  a ǎǟǡǻȁȃȧ
  aʾ ẚ
  ae ǣǽ
  dz ǆǳ
  e ȅȇȩ
  ff ﬀ
  ffi ﬃ
  ffl ﬄ
  fi ﬁ
  fl ﬂ
  g ǧǵ
  h ȟ
  i ǐȉȋ
  j ǰ
  k ǩ
  lj ǉ
  n ǹ
  nj ǌ
  o ơǒǫǭǿȍȏȫȭȯȱ
  r ȑȓ
  s ș
  st ﬅﬆ
  t ț
  u ưǔǖǘǚǜȕȗ
  y ȳ
  ʒ ǯ
  ẜ ẜ
  ẝ ẝ
  ẟ ẟ
  ỻ ỻ
  ỽ ỽ
  ỿ ỿ
  α άἀἁἂἃἄἅἆἇὰᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ\u{1F71}
  ε έἐἑἒἓἔἕὲ\u{1F73}
  η ήἠἡἢἣἤἥἦἧὴᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ\u{1F75}
  ι ΐίϊἰἱἲἳἴἵἶἷὶιῐῑῒῖῗ\u{1F77}\u{1FBE}\u{1FD3}
  ο όὀὁὂὃὄὅὸ\u{1F79}
  ρ ῤῥ
  σ ς
  υ ΰϋύὐὑὒὓὔὕὖὗὺῠῡῢῦῧ\u{1F7B}\u{1FE3}
  ω ώὠὡὢὣὤὥὦὧὼᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ\u{1F7D}
  а ӑӓ
  г ѓ
  е еѐёӗ
  ж ӂӝ
  з ӟ
  и йѝӣӥ
  к ќ
  о ӧ
  у ўӯӱӳ
  ч ӵ
  ы ӹ
  э ӭ
  і ї
  ѵ ѷ
  ә ӛ
  ө ӫ
  """
