/// Which addresses are asked for by a proxy, as the surroundings say and curl understands them.
struct ProxySettings: Sendable {
  /// The proxies, by scheme.
  private let proxies: [String: String]
  /// The hosts that are asked without one; `*` is all.
  private let exceptions: [String]

  /// The settings that `variable`, the surroundings, has.
  init(_ variable: (String) -> String?) {
    // An empty one is none. HTTP_PROXY isn't read, as a web server sets it to what a visitor says.
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(variable).first { !$0.isEmpty }
    }
    let other = first("all_proxy", "ALL_PROXY")
    var proxies: [String: String] = [:]
    proxies["http"] = first("http_proxy") ?? other
    proxies["https"] = first("https_proxy", "HTTPS_PROXY") ?? other
    self.proxies = proxies
    exceptions = (first("no_proxy", "NO_PROXY") ?? "").split { $0 == "," || $0.isWhitespace }.map { name in
      let name = name.lowercased()
      let bare =
        name.hasPrefix("[") && name.hasSuffix("]") ? name.dropFirst().dropLast() : name.drop { $0 == "." }
      return String(bare.hasSuffix(".") ? bare.dropLast() : bare)
    }
    .filter { !$0.isEmpty }
  }

  /// The proxy by which `address` is asked for; `nil` for none.
  func proxy(for address: WebAddress) -> String? {
    guard let proxy = proxies[address.scheme] else { return nil }
    let host = address.host.hasSuffix(".") ? String(address.host.dropLast()) : address.host
    let number = numericAddress(host)
    let isExcepted = exceptions.contains { exception in
      if exception == "*" || exception == host { return true }
      guard let number else { return host.hasSuffix("." + exception) }
      return ProxySettings.isNetwork(exception, around: number)
    }
    return isExcepted ? nil : proxy
  }

  /// Whether `text`, such as `10.0.0.0/8`, is a network that the address `number` is in.
  private static func isNetwork(_ text: String, around number: [UInt8]) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let network = numericAddress(String(parts[0])), network.count == number.count,
      let length = parts.count == 2 ? Int(parts[1]) : number.count * 8,
      (0...number.count * 8).contains(length)
    else { return false }
    return number.indices.allSatisfy { index in
      let bits = min(max(length - index * 8, 0), 8)
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      return number[index] & mask == network[index] & mask
    }
  }
}
