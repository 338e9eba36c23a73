#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Markdown
import YAML

/// What tells this program from any other that might build the site: its file, by what the system notes of it,
/// and the libraries' versions. `nil` when its file can't be found.
func programIdentity() -> String? {
  var status = stat()
  guard let path = programPath(), unsafe stat(path, &status) == 0 else { return nil }
  #if canImport(Darwin)
    let times = [status.st_mtimespec, status.st_ctimespec]
  #else
    let times = [status.st_mtim, status.st_ctim]
  #endif
  let moments = times.map { "\($0.tv_sec).\($0.tv_nsec)" }
  return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(moments) \(cmarkVersion) \(yamlVersion)"
}

private func programPath() -> String? {
  #if canImport(Darwin)
    var size: UInt32 = 0
    _ = unsafe _NSGetExecutablePath(nil, &size)
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(size) + 1) { buffer in
      guard let start = buffer.baseAddress, unsafe _NSGetExecutablePath(start, &size) == 0 else { return nil }
      return unsafe String(cString: start)
    }
  #else
    return "/proc/self/exe"
  #endif
}
