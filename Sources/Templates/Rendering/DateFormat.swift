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
  private enum Part: Sendable {
    case text(String)
    case names([String], Field)
    case number(Field, width: Int, pad: UInt8)
    case half
    case offset(separator: String)
    case rfc3339
    case rfc5322
  }

  private enum Field: Sendable {
    case year, shortYear, month, day, hour, halfDayHour, minute, second, dayOfYear, weekday, sundayWeekday
    case week, weekYear
  }

  /// Whether all dates look alike in it.
  var isFixed: Bool {
    parts.allSatisfy { part in if case .text = part { true } else { false } }
  }

  /// What in a format has no meaning.
  struct Mistake: Error {
    var directive: String
  }

  private var parts: [Part]

  /// Takes `format` apart: `iso` and `rfc5322` in full, or text with `%` directives.
  static func parse(_ format: String, names: CalendarNames) -> Result<DateFormat, Mistake> {
    switch format {
    case "iso", "rfc3339": return .success(DateFormat(parts: [.rfc3339]))
    case "rfc5322": return .success(DateFormat(parts: [.rfc5322]))
    default: break
    }
    var parts: [Part] = []
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
      guard let part = part(directive, letter, isPadded: isPadded, names) else {
        return .failure(Mistake(directive: directive))
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts += part
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return .success(DateFormat(parts: parts))
  }

  private static func part(
    _ directive: String, _ letter: Unicode.Scalar, isPadded: Bool, _ names: CalendarNames
  ) -> [Part]? {
    func number(_ field: Field, _ width: Int, pad: UInt8 = 0x30) -> [Part] {
      [.number(field, width: isPadded ? width : 1, pad: pad)]
    }
    if directive == "%:z" { return [.offset(separator: ":")] }
    switch letter {
    case "Y": return number(.year, 4)
    case "y": return number(.shortYear, 2)
    case "m": return number(.month, 2)
    case "d": return number(.day, 2)
    case "e": return number(.day, 2, pad: 0x20)
    case "H": return number(.hour, 2)
    case "I": return number(.halfDayHour, 2)
    case "M": return number(.minute, 2)
    case "S": return number(.second, 2)
    case "j": return number(.dayOfYear, 3)
    case "u": return number(.weekday, 1)
    case "w": return number(.sundayWeekday, 1)
    case "V": return number(.week, 2)
    case "G": return number(.weekYear, 4)
    case "B" where isPadded: return [.names(names.months, .month)]
    case "b" where isPadded: return [.names(names.shortMonths, .month)]
    case "A" where isPadded: return [.names(names.weekdays, .weekday)]
    case "a" where isPadded: return [.names(names.shortWeekdays, .weekday)]
    case "p" where isPadded: return [.half]
    case "z" where isPadded: return [.offset(separator: "")]
    case "F" where isPadded:
      return [
        .number(.year, width: 4, pad: 0x30), .text("-"), .number(.month, width: 2, pad: 0x30), .text("-"),
        .number(.day, width: 2, pad: 0x30),
      ]
    case "T" where isPadded:
      return [
        .number(.hour, width: 2, pad: 0x30), .text(":"), .number(.minute, width: 2, pad: 0x30), .text(":"),
        .number(.second, width: 2, pad: 0x30),
      ]
    case "R" where isPadded:
      return [.number(.hour, width: 2, pad: 0x30), .text(":"), .number(.minute, width: 2, pad: 0x30)]
    default: return nil
    }
  }

  /// Appends `timestamp` in this format, not escaped.
  func write(_ timestamp: Timestamp, into buffer: inout ByteBuffer) {
    let date = timestamp.date
    for part in parts {
      switch part {
      case .text(let text): buffer.append(text)
      case .names(let names, let field): buffer.append(names[value(of: field, timestamp, date) - 1])
      case .number(let field, let width, let pad):
        append(value(of: field, timestamp, date), width, pad, into: &buffer)
      case .half: buffer.append(timestamp.hour < 12 ? "AM" : "PM")
      case .offset(let separator): buffer.append(timestamp.offsetText(separator: separator))
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
