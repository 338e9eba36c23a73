#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system knows of a host's name.
enum NameLookup: Sendable, Hashable {
  /// The addresses, as text.
  case addresses([String])
  /// The addresses, of which one at least is this machine's, or of a network that the world can't reach.
  case isPrivate([String])
  /// There is no such host.
  case unknown
  /// The system couldn't find out.
  case failed
}

/// Looks for the addresses of `host`, a name or an address, for at most some seconds; where it has to be a number, nobody is asked,
/// and names are unknown.
func lookUp(_ host: String, isNumber: Bool = false) -> NameLookup {
  switch addresses(of: host, isNumber: isNumber) {
  case .failure(let failure): return failure.isUnknown ? .unknown : .failed
  case .success(let addresses):
    var texts: [String] = []
    for text in addresses.map(addressText) where !texts.contains(text) { texts.append(text) }
    return texts.isEmpty
      ? .unknown : addresses.contains(where: isPrivateAddress) ? .isPrivate(texts) : .addresses(texts)
  }
}

/// The bytes of the address that `host` writes as a number; `nil` when it is a name.
func numericAddress(_ host: String) -> [UInt8]? { try? addresses(of: host, isNumber: true).get().first }

/// Why there are no addresses.
private struct LookupFailure: Error {
  /// Whether that is because there is no such host.
  let isUnknown: Bool
}

/// The addresses of `host`, of 4 or 16 bytes each.
private func addresses(of host: String, isNumber: Bool) -> Result<[[UInt8]], LookupFailure> {
  #if !canImport(Darwin)
    // A server of names that doesn't answer is asked anew for a minute otherwise.
    unsafe setenv("RES_OPTIONS", "timeout:3 attempts:2", 0)
  #endif
  var hints = unsafe addrinfo()
  #if canImport(Glibc)
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  #else
    unsafe hints.ai_socktype = SOCK_STREAM
  #endif
  if isNumber { unsafe hints.ai_flags = AI_NUMERICHOST }
  var list: UnsafeMutablePointer<addrinfo>?
  let code = unsafe getaddrinfo(host, nil, &hints, &list)
  guard code == 0 else { return .failure(LookupFailure(isUnknown: code == EAI_NONAME)) }
  defer { unsafe freeaddrinfo(list) }
  var addresses: [[UInt8]] = []
  var next = unsafe list
  while let entry = unsafe next {
    unsafe next = entry.pointee.ai_next
    guard let address = unsafe entry.pointee.ai_addr else { continue }
    let bytes: [UInt8]
    switch unsafe entry.pointee.ai_family {
    case AF_INET:
      bytes = unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
        unsafe withUnsafeBytes(of: pointer.pointee.sin_addr) { unsafe Array($0) }
      }
    case AF_INET6:
      bytes = unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        unsafe withUnsafeBytes(of: pointer.pointee.sin6_addr) { unsafe Array($0) }
      }
    default: continue
    }
    addresses.append(bytes)
  }
  return .success(addresses)
}

/// The 4 or 16 bytes of an address as text.
private func addressText(_ bytes: [UInt8]) -> String {
  if bytes.count == 4 { return bytes.map { "\($0)" }.joined(separator: ".") }
  let groups = stride(from: 0, to: bytes.count - 1, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
  return groups.map { String($0, radix: 16) }.joined(separator: ":")
}

/// Whether an address of 4 or 16 bytes is one that no public host can have: of this machine, of private networks, for
/// several at once, or set aside.
func isPrivateAddress(_ bytes: [UInt8]) -> Bool {
  if bytes.count == 16 {
    // IPv4 in the clothes of IPv6, in three cuts.
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == bytes[11], bytes[10] == 0 || bytes[10] == 0xFF {
      return isPrivateAddress(Array(bytes[12...]))
    }
    if bytes[..<12].elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return isPrivateAddress(Array(bytes[12...]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x02 { return isPrivateAddress(Array(bytes[2..<6])) }
    return bytes[0] & 0xFE == 0xFC || (bytes[0] == 0xFE && bytes[1] >= 0x80) || bytes[0] == 0xFF
  }
  guard bytes.count == 4 else { return true }
  switch (bytes[0], bytes[1]) {
  case (0, _), (10, _), (127, _), (224..., _), (169, 254), (172, 16...31), (192, 168), (198, 18...19),
    (100, 64...127):
    return true
  case (192, 0): return bytes[2] == 0
  default: return false
  }
}
