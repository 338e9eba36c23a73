import CivilTime

/// What a text that is no day in the form 2026-11-20 was likely meant to be: for fixes only.
struct DateReading {
  /// The day, if the text names one without doubt.
  let date: CivilDate?
  /// Why there is no such day, if the text has the right form.
  let problem: String?
  /// Whether the text names that day and says nothing else.
  let isWhole: Bool
  /// The time of day after the date as `09:00:00`, when there is one.
  let time: String?

  /// Reads `text` as a person would.
  init(_ text: String) {
    var words = DateReading.words(text)
    time = DateReading.takeTime(&words)
    let numbers = words.map(\.number)
    let monthIndex = words.firstIndex { DateReading.month($0.text) != nil }
    // A day in digits is looked at by whoever asks.
    isWhole = time == nil && words.count == 3 && monthIndex != nil
    if words.count == 1, words[0].text.utf8.count == 8, let number = numbers[0] {
      date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
      problem = nil
    } else if let monthIndex, let month = DateReading.month(words[monthIndex].text) {
      // 20 November 2026; Friday, November 20th, 2026.
      let others = words[..<monthIndex] + words[(monthIndex + 1)...]
      let year = others.first { $0.text.utf8.count == 4 && $0.number != nil }?.number
      let day = others.first { $0.text.utf8.count <= 2 && $0.number != nil }?.number
      date = year.flatMap { year in day.flatMap { CivilDate(year: year, month: month, day: $0) } }
      problem = nil
    } else if words.count == 3, let first = numbers[0], let second = numbers[1], let third = numbers[2] {
      if words[0].text.utf8.count == 4 {
        date = CivilDate(year: first, month: second, day: third)
        problem = date == nil ? DateReading.problem(year: first, month: second, day: third) : nil
      } else if words[2].text.utf8.count == 4 {
        // 20.11.2026 and 11/20/2026 are clear, 11/12/2026 is not.
        problem = nil
        if second > 12 || first == second {
          date = CivilDate(year: third, month: first, day: second)
        } else if first > 12 || text.utf8.contains(0x2E) {
          date = CivilDate(year: third, month: second, day: first)
        } else {
          date = nil
        }
      } else {
        date = nil
        problem = nil
      }
    } else {
      date = nil
      problem = nil
    }
  }

  /// A run of letters or of digits.
  private struct Word {
    let text: String
    var number: Int? { text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil }
  }

  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var current: [UInt8] = []
    var isNumber = false
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func end() {
      // The endings of 1st, 2nd, 3rd and 4th, and the T before a time, say nothing.
      let word = String(decoding: current, as: UTF8.self)
      if !word.isEmpty && !["st", "nd", "rd", "th", "t", "of"].contains(word) {
        words.append(Word(text: word))
      }
      current = []
    }
    for byte in text.lowercased().utf8.prefix(64) {
      let isLetter = (0x61...0x7A).contains(byte) || byte >= 0x80
      guard isLetter || isDigit(byte) || byte == 0x3A else {
        end()
        continue
      }
      if !current.isEmpty, isNumber != (isDigit(byte) || byte == 0x3A) { end() }
      isNumber = isDigit(byte) || byte == 0x3A
      current.append(byte)
    }
    end()
    return words
  }

  /// Takes `9:00`, `09:00:30`, or `9:00 pm` out of `words`.
  private static func takeTime(_ words: inout [Word]) -> String? {
    guard let index = words.firstIndex(where: { $0.text.utf8.contains(0x3A) }) else { return nil }
    let parts = words[index].text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    let isAfternoon = words[index...].contains { $0.text == "pm" }
    words.removeSubrange(index...)
    guard (2...3).contains(parts.count), var hour = parts[0], let minute = parts[1], minute < 60 else {
      return nil
    }
    if isAfternoon && hour < 12 { hour += 12 }
    guard hour < 24 else { return nil }
    let second = parts.count == 3 ? parts[2] ?? 0 : 0
    return [hour, minute, second].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }

  private static func month(_ word: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ]
    guard word.utf8.count >= 3,
      let index = names.firstIndex(where: { $0.hasPrefix(word) || word == "sept" && $0 == "september" })
    else { return nil }
    return index + 1
  }

  private static func problem(year: Int, month: Int, day: Int) -> String? {
    guard (1...12).contains(month) else { return "there is no month \(month)" }
    let count = CivilDate.dayCount(ofMonth: month, year: year)
    return "\(year)-\(month < 10 ? "0" : "")\(month) has \(count) days"
  }
}
