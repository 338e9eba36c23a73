import CivilTime

/// Asks other hosts for addresses, politely: each host for one at a time and with a pause between, a few hosts at once.
///
/// Redirects are followed in rounds, so that a host is left alone while another one leads to it.
struct LinkAsking: Sendable {
  /// What asking may be told.
  struct Options: Sendable {
    /// The pause between two questions to one host, in seconds.
    var pause = 1.0
    /// How long one question may take, in seconds.
    var seconds = 20.0
    /// Whether this machine and private networks are asked, too.
    var allowsPrivate = false
    /// How sitegen calls itself.
    var userAgent = "sitegen"
    /// The moment that counts as now.
    var now: Timestamp
    /// Is told how far it is: addresses done, and addresses in all.
    var progress: (@Sendable (Int, Int) -> Void)?
  }

  private let options: Options
  /// What of the surroundings tells curl where it is, and whom to trust.
  private let variables: [String]
  private let proxies: ProxySettings
  /// How many hosts are asked at once, and how many redirects are followed.
  private static let hostsAtOnce = 4, redirectLimit = 8

  init(_ options: Options) {
    self.options = options
    let names = ["PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"]
    variables = names.compactMap { name in environmentVariable(name).map { "\(name)=\($0)" } }
    proxies = ProxySettings(environmentVariable)
  }

  /// An address on its way.
  fileprivate struct Errand: Sendable {
    let address: String
    var current: WebAddress
    var hops = 0
    /// The address that it has moved to for good, if all redirects so far say so.
    var moved: String?
    var isPermanent = true
  }

  /// What one question came to.
  fileprivate enum Step: Sendable {
    case done(LinkAnswer)
    /// The host doesn't answer, for this reason.
    case silent(String)
    case next(Errand)
  }

  /// What each of `addresses` answers, in their order; `nil` when there is no `curl` to ask with.
  ///
  /// - Throws: ``SystemError`` when no process can be made.
  func ask(_ addresses: [String]) async throws -> [LinkAnswer]? {
    guard
      let found = try runProgram(
        "curl", ["-q", "--version"], variables: variables, seconds: 20, limit: 4096, until: { _ in false }),
      found.status == 0
    else { return nil }
    var answers: [String: LinkAnswer] = [:]
    var lastAsked: [String: Double] = [:]
    var errands = addresses.compactMap { address in
      WebAddress(address).map { Errand(address: address, current: $0) }
    }
    while !errands.isEmpty {
      let hosts = Dictionary(grouping: errands, by: \.current.host).sorted { $0.key < $1.key }.map(\.value)
      let known = lastAsked
      let rounds = try await parallelMap(count: hosts.count, jobs: LinkAsking.hostsAtOnce) { index in
        var pace = Pace(pause: options.pause, last: hosts[index].first.flatMap { known[$0.current.host] })
        let steps = try ask(hosts[index], &pace)
        return (steps: steps, last: pace.last)
      }
      errands = []
      for (errands, round) in zip(hosts, rounds) {
        if let host = errands.first?.current.host { lastAsked[host] = round.last }
      }
      for (errand, step) in zip(hosts.joined(), rounds.lazy.map(\.steps).joined()) {
        switch step {
        case .done(let answer): answers[errand.address] = answer
        case .silent(let reason): answers[errand.address] = .unreachable(reason)
        case .next(let next): errands.append(next)
        }
      }
      options.progress?(answers.count, addresses.count)
    }
    return addresses.map { answers[$0] ?? .unreachable("not a web address") }
  }

  /// How a host is asked.
  private enum Way {
    /// At these addresses.
    case direct([String])
    /// By this proxy, which looks up names itself.
    case proxy(String)
    /// Not at all.
    case barred(LinkAnswer)
  }

  /// The way to `host` by `proxy`, or without one.
  private func way(to host: String, by proxy: String?) -> Way {
    if let proxy {
      // An address that is written in numbers needs no looking up.
      if case .isPrivate = lookUp(host, isNumber: true), !options.allowsPrivate { return .barred(.isPrivate) }
      return .proxy(proxy)
    }
    switch lookUp(host) {
    case .unknown: return .barred(.dead("no such host"))
    case .failed: return .barred(.unreachable("the name of its host can't be looked up"))
    case .isPrivate where !options.allowsPrivate: return .barred(.isPrivate)
    case .isPrivate(let addresses), .addresses(let addresses): return .direct(addresses)
    }
  }

  /// Asks one host for each of `errands`, one after the other.
  private func ask(_ errands: [Errand], _ pace: inout Pace) throws -> [Step] {
    var ways: [String?: Way] = [:]
    var failures = 0
    var stop: LinkAnswer?
    return try errands.map { errand -> Step in
      if let stop { return .done(stop) }
      // One host may be asked by a proxy for one scheme, and without for the other.
      let proxy = proxies.proxy(for: errand.current)
      let way = ways[proxy] ?? self.way(to: errand.current.host, by: proxy)
      ways[proxy] = way
      if case .barred(let answer) = way { return .done(answer) }
      let step = try ask(errand, by: way, &pace)
      switch step {
      case .done(.later): if case .done(let answer) = step { stop = answer }
      // A host that doesn't answer twice won't for the rest.
      case .silent(let reason):
        failures += 1
        if failures > 1 { stop = .unreachable(reason) }
      default: failures = 0
      }
      return step
    }
  }

  private func ask(_ errand: Errand, by way: Way, _ pace: inout Pace) throws -> Step {
    var errand = errand
    // A refusal of HEAD says nothing: only what a reader's browser would get counts.
    var result = try pace.keep { try request(errand.current, isHead: true, by: way) }
    let asksAgain =
      switch result {
      case .success(let response): response.status >= 400 && later(response) == nil
      case .failure(let failure): failure.isWorthASecondTry
      }
    if asksAgain { result = try pace.keep { try request(errand.current, isHead: false, by: way) } }
    let response: HTTPResponse
    switch result {
    case .success(let answer): response = answer
    case .failure(let failure): return .silent(failure.words)
    }
    if let until = later(response) { return .done(.later(until)) }
    switch response.status {
    case 301, 302, 303, 307, 308:
      guard let location = response.location, let target = errand.current.resolving(location),
        let next = WebAddress(target)
      else { return .done(.unreachable("it leads to no web address")) }
      errand.hops += 1
      if errand.hops > LinkAsking.redirectLimit {
        return .done(.unreachable("it leads from one address to the next"))
      }
      errand.isPermanent = errand.isPermanent && (response.status == 301 || response.status == 308)
      if errand.isPermanent { errand.moved = target }
      errand.current = next
      return .next(errand)
    case 404, 410: return .done(.dead("\(response.status)"))
    case 500...599: return .done(.unreachable("it answers \(response.status)"))
    default: return .done(errand.answer(response.status))
    }
  }

  /// Until when a server asks to be left alone.
  private func later(_ response: HTTPResponse) -> Timestamp? {
    guard response.status == 429 || response.status == 503 && response.retryAfter != nil else { return nil }
    let seconds: Int64 =
      switch response.retryAfter {
      case .seconds(let seconds): min(seconds, 30 * 86_400)
      case .moment(let moment): min(max(0, moment.seconds - options.now.seconds), 30 * 86_400)
      case nil: 3600
      }
    return Timestamp(seconds: options.now.seconds + seconds)
  }
}

// MARK: - One question

extension LinkAsking {
  /// When a host was asked last, so that it isn't asked again too soon.
  private struct Pace {
    let pause: Double
    /// By the monotonic clock; `nil` when it wasn't.
    var last: Double?

    /// Waits until the host may be asked, and has `question` ask.
    mutating func keep<Answer>(_ question: () throws -> Answer) rethrows -> Answer {
      if let last { SitePipeline.pause(seconds: last + pause - monotonicSeconds()) }
      defer { last = monotonicSeconds() }
      return try question()
    }
  }

  /// Why there is no answer, by curl's exit status; `nil` where it took too long.
  private struct Failure: Error {
    let status: Int32?

    /// Whether the other method may get further.
    var isWorthASecondTry: Bool { [52, 55, 56, 92, 95].contains(status) }

    var words: String {
      switch status {
      case nil, 28: "it takes too long"
      case 6: "its host has no address"
      case 7: "its host refuses the connection"
      case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91:
        "its certificate or encryption is not in order"
      case 47: "it leads from one address to the next"
      case 52: "it answers nothing"
      case let status?: "the connection fails (curl \(status))"
      }
    }
  }

  private func request(
    _ address: WebAddress, isHead: Bool, by way: Way
  ) throws -> Result<HTTPResponse, Failure> {
    var arguments = [
      "-q", "--silent", "--globoff", "--proto", "=http,https", "--max-time",
      "\(options.seconds)",
      "--connect-timeout", "\(options.seconds / 2)", "--user-agent", options.userAgent,
      "--header", "Accept: text/html,application/xhtml+xml,*/*;q=0.8", "--output", "/dev/null",
      "--dump-header", "-",
    ]
    if isHead { arguments.append("--head") }
    // Which of the two is for sitegen to say: of proxies curl hears nothing else.
    var variables = variables
    switch way {
    case .direct(let pinned):
      // The address that was looked at is the one that is asked.
      if !address.host.contains(":") {
        let list = pinned.map { $0.contains(":") ? "[\($0)]" : $0 }.joined(separator: ",")
        arguments += ["--resolve", "\(address.host):\(address.port):\(list)"]
      }
    case .proxy(let proxy): variables.append("all_proxy=\(proxy)")
    case .barred: return .failure(Failure(status: 7))
    }
    arguments += ["--url", address.request]
    let output = try runProgram(
      "curl", arguments, variables: variables, seconds: options.seconds + 2, limit: 1 << 18,
      until: { HTTPResponse.isComplete($0) })
    guard let output else { return .failure(Failure(status: 2)) }
    if let response = HTTPResponse(output.bytes) { return .success(response) }
    return .failure(Failure(status: output.status == 0 ? 52 : output.status))
  }
}

extension LinkAsking.Errand {
  /// What it comes to when the last address answers with `status`.
  fileprivate func answer(_ status: Int) -> LinkAnswer {
    guard let moved, let new = WebAddress(moved), let old = WebAddress(address) else { return .alive(status) }
    // Nobody moves a page to the front page, or where one has to sign in: that is how some say that it is gone.
    let isSure = (200..<300).contains(status) && (new.path != "/" || old.path == "/")
    let target = new.fragment.isEmpty ? moved + old.fragment : moved
    return target == address ? .alive(status) : .moved(target, isSure: isSure)
  }
}
