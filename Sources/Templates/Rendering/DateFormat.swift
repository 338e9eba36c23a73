import CivilTime
import SourceText

/// The names of months and days in a theme's language.
public struct CalendarNames: Sendable {
  var months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
  var shortMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  /// From Monday.
  var weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  var shortWeekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// How many names there have to be under the keys of strings that hold such names.
  public static let counts = ["months": 12, "months_short": 12, "weekdays": 7, "weekdays_short": 7]

  /// The names in a string: what stands between commas, or if there are none, between spaces.
  public static func names(in text: String) -> [String] {
    guard text.contains(",") else { return text.split(whereSeparator: \.isWhitespace).map(String.init) }
    return text.split(separator: ",").map { name in
      name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  /// The English names, replaced by those that `strings` has under the keys of ``counts``.
  init(_ strings: [String: TemplateSetInput.Word] = [:]) {
    func names(_ key: String, _ standard: [String]) -> [String] {
      guard let text = strings[key]?.text else { return standard }
      let names = CalendarNames.names(in: text)
      return names.count == standard.count ? names : standard
    }
    months = names("months", months)
    shortMonths = names("months_short", shortMonths)
    weekdays = names("weekdays", weekdays)
    shortWeekdays = names("weekdays_short", shortWeekdays)
  }
}

/// A format for dates in the manner of `strftime`, taken apart.
struct DateFormat: Sendable {
  /// A step of writing a date. Its texts are elsewhere, so that it is copied for nothing.
  private enum Part: Sendable {
    /// These bytes of ``literals``.
    case text(Range<Int>)
    /// The name of the field's value; that of 1 is ``names`` at the first.
    case names(first: Int, Field)
    case number(Field, width: Int, pad: UInt8)
    case half
    case offset(isSpelt: Bool)
    case rfc3339
    case rfc5322
  }

  private enum Field: Sendable {
    case year, shortYear, month, day, hour, halfDayHour, minute, second, dayOfYear, weekday, sundayWeekday
    case week, weekYear
  }

  /// The same in arrays of its own.
  var copy: DateFormat {
    var copy = self
    copy.parts = parts.map { $0 }
    copy.literals = literals.map { $0 }
    copy.names = names.map { $0 }
    return copy
  }

  /// Whether all dates look alike in it.
  var isFixed: Bool {
    parts.allSatisfy { part in if case .text = part { true } else { false } }
  }

  /// What in a format has no meaning.
  struct Mistake: Error {
    var directive: String
  }

  private var parts: [Part] = []
  private var literals: [UInt8] = []
  private var names: [String] = []

  private init(_ parts: [Part] = []) { self.parts = parts }

  /// Takes `format` apart: `iso` and `rfc5322` in full, or text with `%` directives.
  static func parse(_ format: String, names: CalendarNames) -> Result<DateFormat, Mistake> {
    switch format {
    case "iso", "rfc3339": return .success(DateFormat([.rfc3339]))
    case "rfc5322": return .success(DateFormat([.rfc5322]))
    default: break
    }
    var result = DateFormat()
    var text = ""
    var scalars = format.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      var directive = "%"
      var isPadded = true
      if scalars.first == "-" {
        isPadded = false
        directive += "-"
        scalars.removeFirst()
      } else if scalars.first == ":" {
        directive += ":"
        scalars.removeFirst()
      }
      guard let letter = scalars.popFirst() else { return .failure(Mistake(directive: directive)) }
      directive.unicodeScalars.append(letter)
      if directive == "%%" {
        text += "%"
        continue
      }
      result.append(text)
      text = ""
      guard result.append(directive, letter, isPadded: isPadded, names) else {
        return .failure(Mistake(directive: directive))
      }
    }
    result.append(text)
    return .success(result)
  }

  private mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    let start = literals.count
    literals += text.utf8
    parts.append(.text(start..<literals.count))
  }

  private mutating func append(_ names: [String], _ field: Field) {
    parts.append(.names(first: self.names.count, field))
    self.names += names
  }

  /// Appends what `directive` stands for, whose last letter is `letter`; false when that is nothing.
  private mutating func append(
    _ directive: String, _ letter: Unicode.Scalar, isPadded: Bool, _ names: CalendarNames
  ) -> Bool {
    func number(_ field: Field, _ width: Int, pad: UInt8 = 0x30) {
      parts.append(.number(field, width: isPadded ? width : 1, pad: pad))
    }
    func numbers(_ fields: (Field, width: Int)..., between separator: String) {
      for (index, field) in fields.enumerated() {
        if index > 0 { append(separator) }
        number(field.0, field.width)
      }
    }
    if directive == "%:z" {
      parts.append(.offset(isSpelt: true))
      return true
    }
    switch letter {
    case "Y": number(.year, 4)
    case "y": number(.shortYear, 2)
    case "m": number(.month, 2)
    case "d": number(.day, 2)
    case "e": number(.day, 2, pad: 0x20)
    case "H": number(.hour, 2)
    case "I": number(.halfDayHour, 2)
    case "M": number(.minute, 2)
    case "S": number(.second, 2)
    case "j": number(.dayOfYear, 3)
    case "u": number(.weekday, 1)
    case "w": number(.sundayWeekday, 1)
    case "V": number(.week, 2)
    case "G": number(.weekYear, 4)
    case "B" where isPadded: append(names.months, .month)
    case "b" where isPadded: append(names.shortMonths, .month)
    case "A" where isPadded: append(names.weekdays, .weekday)
    case "a" where isPadded: append(names.shortWeekdays, .weekday)
    case "p" where isPadded: parts.append(.half)
    case "z" where isPadded: parts.append(.offset(isSpelt: false))
    case "F" where isPadded: numbers((.year, 4), (.month, 2), (.day, 2), between: "-")
    case "T" where isPadded: numbers((.hour, 2), (.minute, 2), (.second, 2), between: ":")
    case "R" where isPadded: numbers((.hour, 2), (.minute, 2), between: ":")
    default: return false
    }
    return true
  }

  /// Appends `timestamp` in this format, not escaped.
  func write(_ timestamp: Timestamp, into buffer: inout ByteBuffer) {
    let date = timestamp.date
    for part in parts {
      switch part {
      case .text(let range): buffer.append(literals, in: range)
      case .names(let first, let field): buffer.append(names[first + value(of: field, timestamp, date) - 1])
      case .number(let field, let width, let pad):
        append(value(of: field, timestamp, date), width, pad, into: &buffer)
      case .half: buffer.append(timestamp.hour < 12 ? "AM" : "PM")
      case .offset(let isSpelt): buffer.append(timestamp.offsetText(separator: isSpelt ? ":" : ""))
      case .rfc3339: buffer.append(timestamp.rfc3339)
      case .rfc5322: buffer.append(timestamp.rfc5322)
      }
    }
  }

  private func append(_ number: Int, _ width: Int, _ pad: UInt8, into buffer: inout ByteBuffer) {
    var limit = 10
    var digits = 1
    while digits < width {
      if number < limit { buffer.append(byte: pad) }
      limit *= 10
      digits += 1
    }
    buffer.append(number)
  }

  private func value(of field: Field, _ timestamp: Timestamp, _ date: CivilDate) -> Int {
    switch field {
    case .year: date.year
    case .shortYear: date.year % 100
    case .month: date.month
    case .day: date.day
    case .hour: timestamp.hour
    case .halfDayHour: (timestamp.hour + 11) % 12 + 1
    case .minute: timestamp.minute
    case .second: timestamp.second
    case .dayOfYear: date.dayNumber - (CivilDate(year: date.year, month: 1, day: 1)?.dayNumber ?? 0) + 1
    case .weekday: date.weekday.rawValue
    case .sundayWeekday: date.weekday.rawValue % 7
    case .week: ISOWeek(of: date).number
    case .weekYear: ISOWeek(of: date).year
    }
  }
}
