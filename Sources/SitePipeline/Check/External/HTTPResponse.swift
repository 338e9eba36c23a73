import CivilTime

/// The head of an HTTP answer: its status, and those of its fields that matter to who follows links.
struct HTTPResponse: Sendable, Hashable {
  /// The status, such as 404.
  let status: Int
  /// The address that it leads to.
  let location: String?
  /// When to come again, in seconds from now, or at a moment.
  let retryAfter: RetryAfter?

  /// When a server wants to be asked again.
  enum RetryAfter: Sendable, Hashable {
    case seconds(Int64)
    case moment(Timestamp)
  }

  /// The last head in `bytes` that is whole and no mere announcement (1xx); `nil` when there is none.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    // What stands behind the last empty line is not whole.
    let heads = text.split(separator: "\n\n", omittingEmptySubsequences: false).dropLast()
    let answer = heads.last { head in
      head.hasPrefix("HTTP/") && HTTPResponse.status(of: head).map { $0 >= 200 } ?? false
    }
    guard let answer, let status = HTTPResponse.status(of: answer) else { return nil }
    self.status = status
    func field(_ name: String) -> String? {
      for line in answer.split(separator: "\n").dropFirst() {
        guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
        var value = line[line.index(after: colon)...].drop(while: isBlank)
        while value.last.map(isBlank) ?? false { value.removeLast() }
        return value.isEmpty ? nil : String(value)
      }
      return nil
    }
    location = field("location")
    retryAfter = field("retry-after").flatMap { value in
      if let seconds = Int64(value) { return .seconds(max(0, seconds)) }
      return Timestamp(httpDate: value).map(RetryAfter.moment)
    }
  }

  private static func status(of head: some StringProtocol) -> Int? {
    let parts = head.prefix { $0 != "\n" }.split(separator: " ")
    return parts.count > 1 ? Int(parts[1]).flatMap { (100...999).contains($0) ? $0 : nil } : nil
  }

  /// Whether `bytes` hold a whole head that isn't a mere announcement.
  static func isComplete(_ bytes: [UInt8]) -> Bool {
    (bytes.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) != nil || bytes.firstRange(of: [0x0A, 0x0A]) != nil)
      && HTTPResponse(bytes) != nil
  }
}

extension Timestamp {
  /// The instant that `text` names as HTTP does: `Wed, 21 Oct 2026 07:28:00 GMT`.
  init?(httpDate text: String) {
    let parts = text.split { $0 == " " || $0 == "," || $0 == ":" }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]),
      let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
      let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
      let date = CivilDate(year: year, month: month + 1, day: day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<61).contains(second)
    else { return nil }
    self.init(date, hour: hour, minute: minute, second: second)
  }
}
