#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What another program wrote, and how it ended.
struct ProgramOutput: Sendable {
  /// What it wrote to standard output, as far as it was read.
  var bytes: [UInt8] = []
  /// Its exit status; `nil` when it was ended by force, having said enough, or too late.
  var status: Int32?
}

/// Runs the program `name`, which is looked for as a shell does, with `arguments` and of the surroundings nothing but
/// `variables`; it reads nothing, and what it says of errors is lost.
///
/// It is ended by force after `seconds`, when it has written `limit` bytes, or when what it wrote `isEnough`; at the return it
/// is gone in any case. `nil` when there is no such program.
///
/// - Throws: ``SystemError`` when no process can be made.
func runProgram(
  _ name: String, _ arguments: [String], variables: [String], seconds: Double, limit: Int,
  until isEnough: ([UInt8]) -> Bool
) throws(SystemError) -> ProgramOutput? {
  var ends: (Int32, Int32) = (-1, -1)
  let made = unsafe withUnsafeMutablePointer(to: &ends) { pointer in
    unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe pipe($0) }
  }
  guard made == 0 else { throw .last("run", name) }
  let (output, input) = ends
  defer { close(output) }
  for end in [output, input] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  let process: pid_t
  do {
    defer { close(input) }
    guard let started = try spawn(name, arguments, variables: variables, output: input) else { return nil }
    process = started
  }
  return wait(for: process, reading: output, until: monotonicSeconds() + seconds, limit: limit, isEnough)
}

/// Starts a program whose standard output is `output`, and that has nothing else open of what this one has; `nil` when there is
/// none of that name.
private func spawn(
  _ name: String, _ arguments: [String], variables: [String], output: Int32
) throws(SystemError) -> pid_t? {
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
  #else
    var actions = unsafe posix_spawn_file_actions_t()
  #endif
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
  unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  // Not everybody who opens something here has it closed for programs that are started: a server's port stays taken for as
  // long as any of them has its socket.
  #if canImport(Darwin)
    var attributes: posix_spawnattr_t?
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_CLOEXEC_DEFAULT))
  #else
    // To close what isn't open any more is no mistake.
    for number in openDescriptors() where number > STDERR_FILENO {
      unsafe posix_spawn_file_actions_addclose(&actions, number)
    }
  #endif
  var words: [UnsafeMutablePointer<CChar>?] = unsafe ([name] + arguments).map { unsafe strdup($0) } + [nil]
  var surroundings: [UnsafeMutablePointer<CChar>?] = unsafe variables.map { unsafe strdup($0) } + [nil]
  defer {
    unsafe words.forEach { unsafe free($0) }
    unsafe surroundings.forEach { unsafe free($0) }
  }
  var process: pid_t = 0
  #if canImport(Darwin)
    let code = unsafe posix_spawnp(&process, name, &actions, &attributes, &words, &surroundings)
  #else
    let code = unsafe posix_spawnp(&process, name, &actions, nil, &words, &surroundings)
  #endif
  if code == ENOENT { return nil }
  guard code == 0 else { throw SystemError(operation: "run", path: name, code: code) }
  return process
}

#if !canImport(Darwin)
  /// What this program has open, by numbers; where the system doesn't tell, all that it may be likely to have.
  private func openDescriptors() -> [Int32] {
    let names = try? Directory.open("/dev/fd")?.names(in: "")
    return names?.compactMap { Int32($0.name) } ?? Array(0..<256)
  }
#endif

private func wait(
  for process: pid_t, reading output: Int32, until deadline: Double, limit: Int, _ isEnough: ([UInt8]) -> Bool
) -> ProgramOutput {
  var result = ProgramOutput()
  var buffer = [UInt8](repeating: 0, count: 4096)
  var status: Int32 = 0
  var hasEnded = false
  while result.bytes.count < limit, monotonicSeconds() < deadline {
    // Another program that is started meanwhile may hold the other end open, too: this one's end is looked for as well.
    var event = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&event, 1, hasEnded ? 0 : 20)
    if ready > 0 {
      let count = buffer.count
      let got = retryingInterrupts { unsafe read(output, &buffer, count) }
      if got > 0 {
        result.bytes += buffer[..<got]
        if isEnough(result.bytes) { break }
        continue
      }
    }
    if hasEnded {
      if status & 0x7F == 0 { result.status = (status >> 8) & 0xFF }
      return result
    }
    hasEnded = unsafe waitpid(process, &status, WNOHANG) == process
    if ready > 0, !hasEnded { pause(seconds: 0.001) }
  }
  if !hasEnded {
    kill(process, SIGKILL)
    _ = retryingInterrupts { unsafe waitpid(process, &status, 0) }
  }
  return result
}

/// Has the system open `address` in the browser that it opens; `false` when it has no program for that.
public func openInBrowser(_ address: String) -> Bool {
  #if canImport(Darwin)
    let opener = "open"
  #else
    let opener = "xdg-open"
  #endif
  // Nobody waits for it.
  _ = signal(SIGCHLD, SIG_IGN)
  let names = [
    "HOME", "PATH", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "BROWSER", "DBUS_SESSION_BUS_ADDRESS", "LANG",
    "XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE",
  ]
  let variables = names.compactMap { name in environmentVariable(name).map { "\(name)=\($0)" } }
  let nowhere = retryingInterrupts { unsafe open("/dev/null", O_WRONLY | O_CLOEXEC) }
  defer { close(nowhere) }
  return (try? spawn(opener, [address], variables: variables, output: nowhere)) != nil
}

/// Waits for a while.
func pause(seconds: Double) {
  guard seconds > 0 else { return }
  _ = poll(nil, 0, Int32(min(seconds * 1000, 600_000)))
}
