#if canImport(Darwin)
  import Darwin
  import MachO
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Markdown
import YAML

/// What tells this program from any other that might build the site: its file, by what the system notes of it,
/// and the libraries that it runs with. `nil` when its file can't be found.
func programIdentity() throws(SystemError) -> String? {
  var status = stat()
  guard let path = programPath(), unsafe stat(path, &status) == 0 else { return nil }
  #if canImport(Darwin)
    let times = [status.st_mtimespec, status.st_ctimespec]
  #else
    let times = [status.st_mtim, status.st_ctim]
  #endif
  let moments = times.map { "\($0.tv_sec).\($0.tv_nsec)" }
  let libraries = try loadedLibraries()
  return
    "\(status.st_dev) \(status.st_ino) \(status.st_size) \(moments) \(cmarkVersion) \(yamlVersion) \(libraries)"
}

/// The libraries that decide what pages hold, each with its device and inode, which change with every update; none
/// where the system doesn't tell, as macOS.
private func loadedLibraries() throws(SystemError) -> [String] {
  #if canImport(Darwin)
    return []
  #else
    guard let folder = try Directory.open("/proc/self"), let file = try folder.text("maps") else { return [] }
    let names = ["libcmark", "libyaml", "libswift", "libFoundation", "lib_Foundation"]
    var found: Set<String> = []
    for line in file.utf8.split(separator: 0x0A) {
      guard let slash = line.lastIndex(of: 0x2F),
        names.contains(where: { line[slash...].dropFirst().starts(with: $0.utf8) })
      else { continue }
      // Behind the addresses, the rights and the place in the file: the device, the inode, the path.
      found.insert(line.split(separator: 0x20, maxSplits: 3).dropFirst(3).compactMap { String($0) }.joined())
    }
    return found.sorted()
  #endif
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
