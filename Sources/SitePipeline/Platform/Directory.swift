import SourceText

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open folder, and the files below it by relative path.
///
/// The only place where files are read, written, renamed and removed. Paths have `/` between their parts
/// and none in front. Closed when it goes out of scope.
final class Directory: Sendable {
  /// The path it was opened by, for messages.
  let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens the folder at `path`; `nil` when there is none.
  static func open(_ path: String) throws(SystemError) -> Directory? {
    let descriptor = retryingInterrupts { Platform.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    if descriptor >= 0 { return Directory(path: path, descriptor: descriptor) }
    if errno == ENOENT { return nil }
    throw .last("open", path)
  }

  /// Opens the folder at `path`, which is made with its parents when there is none.
  static func create(_ path: String) throws(SystemError) -> Directory {
    if let directory = try open(path) { return directory }
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += part
      if unsafe mkdir(prefix, 0o777) != 0, errno != EEXIST { throw .last("create", prefix) }
      prefix += "/"
    }
    guard let directory = try open(path) else { throw .last("open", path) }
    return directory
  }

  /// The path of `name` below this folder, for messages.
  func full(_ name: String) -> String {
    name.isEmpty ? path : path == "." ? name : path + "/" + name
  }

  /// Opens the folder `name` below this one, made with its parents when there is none.
  func subdirectory(_ name: String) throws(SystemError) -> Directory {
    try makeFolders(name)
    let child = retryingInterrupts { unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard child >= 0 else { throw .last("open", full(name)) }
    return Directory(path: full(name), descriptor: child)
  }

  /// Takes the sole right to change this folder, which other processes that ask the same way respect; held
  /// until this folder is closed. `false` when another process has it.
  func lock() throws(SystemError) -> Bool {
    if retryingInterrupts({ flock(descriptor, LOCK_EX | LOCK_NB) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw .last("lock", path)
  }
}

/// The system's calls that this file's methods would otherwise hide by their names.
private enum Platform {
  static func open(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Darwin)
      unsafe Darwin.open(path, flags)
    #elseif canImport(Musl)
      unsafe Musl.open(path, flags)
    #else
      unsafe Glibc.open(path, flags)
    #endif
  }
}

/// The path of the folder at `path` with every link followed, whether it exists or not: what exists of it
/// is followed, the rest is appended.
func resolvedFolder(_ path: String) -> String? {
  var existing = path
  var rest = ""
  while true {
    if let result = unsafe realpath(existing.isEmpty ? "." : existing, nil) {
      defer { unsafe free(result) }
      return unsafe String(cString: result) + rest
    }
    guard !existing.isEmpty, existing != "/" else { return nil }
    let name = existing.split(separator: "/").last ?? ""
    rest = "/" + name + rest
    existing = Directory.folder(of: existing)
    if existing.isEmpty, path.hasPrefix("/") { existing = "/" }
  }
}

/// The path of the folder at `path` from the root of the system, with every link followed; `nil` when there is none.
public func absolutePath(_ path: String) -> String? {
  (try? Directory.open(path))?.flatMap { $0.resolved("") }
}

// MARK: - Reading

extension Directory {
  /// What stands under a name.
  enum Entry: Sendable, Hashable {
    case file, folder, link, other
  }

  /// The bytes of the file `name`, or its first `limit` bytes; `nil` when there is no such file.
  func read(_ name: String, limit: Int = .max) throws(SystemError) -> [UInt8]? {
    // A pipe without a writer would otherwise be waited for.
    let file = retryingInterrupts { unsafe openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last("read", full(name))
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .last("read", full(name)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SystemError(
        operation: "read", path: full(name), code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    return try read(file, name, count: min(limit, Int(status.st_size)))
  }

  /// The next `expected` bytes of `file`, which is called `name`, as far as there are that many.
  private func read(_ file: Int32, _ name: String, count expected: Int) throws(SystemError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
      while count < expected {
        let start = unsafe buffer.baseAddress.map { unsafe $0 + count }
        let wanted = expected - count
        let got = retryingInterrupts { unsafe systemRead(file, start, wanted) }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        count += got
      }
    }
    guard failure == 0 else { throw SystemError(operation: "read", path: full(name), code: failure) }
    return bytes
  }

  /// The bytes of the file `name` in `range`, as far as there are that many, or all of them; with the number of all. `nil`
  /// when there is no such file.
  func read(_ name: String, _ range: Range<Int>?) throws(SystemError) -> (bytes: [UInt8], byteCount: Int)? {
    guard let file = try openFile(name, followingLinks: true) else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .last("read", full(name)) }
    let byteCount = Int(status.st_size)
    let wanted = (range ?? 0..<byteCount).clamped(to: 0..<byteCount)
    guard lseek(file, off_t(wanted.lowerBound), SEEK_SET) >= 0 else { throw .last("read", full(name)) }
    return (try read(file, name, count: wanted.count), byteCount)
  }

  /// The digest of what the file `name` holds; `nil` when there is no such file, or, unless links are followed,
  /// when something else stands in its place.
  func digest(_ name: String, followingLinks: Bool) throws(SystemError) -> Digest? {
    guard let stream = Digest.Stream() else {
      throw SystemError(operation: "read", path: full(name), code: ENOMEM)
    }
    guard let file = try openFile(name, followingLinks: followingLinks) else { return nil }
    defer { close(file) }
    try unsafe forEachChunk(of: file, name) { (chunk: UnsafeRawBufferPointer) throws(SystemError) in
      unsafe stream.append(chunk)
    }
    return stream.digest
  }

  /// Opens the file `name` for reading; `nil` when there is none, or something else stands in its place.
  private func openFile(_ name: String, followingLinks: Bool) throws(SystemError) -> Int32? {
    // A pipe without a writer would otherwise be waited for.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW)
    let file = retryingInterrupts { unsafe openat(descriptor, name, flags) }
    guard file >= 0 else {
      if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(errno) { return nil }
      throw .last("read", full(name))
    }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else {
      let error = SystemError.last("read", full(name))
      close(file)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      return nil
    }
    return file
  }

  /// Calls `body` with what `file` holds, which is called `name`, piece by piece.
  private func forEachChunk(
    of file: Int32, _ name: String, _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
  ) throws(SystemError) {
    try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) {
      (buffer: UnsafeMutableBufferPointer<UInt8>) throws(SystemError) in
      while true {
        let got = retryingInterrupts { unsafe systemRead(file, buffer.baseAddress, buffer.count) }
        guard got >= 0 else { throw SystemError.last("read", full(name)) }
        guard got > 0 else { return }
        try unsafe body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<got]))
      }
    }
  }

  /// Calls `body` with what the file `name` holds, 64 KB at a time, until it says that it is enough; `false` when there is
  /// no such file.
  func forEachPiece(of name: String, _ body: ([UInt8]) -> Bool) throws(SystemError) -> Bool {
    guard let file = try openFile(name, followingLinks: true) else { return false }
    defer { close(file) }
    var isEnough = false
    try unsafe forEachChunk(of: file, name) { (chunk: UnsafeRawBufferPointer) throws(SystemError) in
      if !isEnough { isEnough = unsafe !body(Array(chunk)) }
    }
    return true
  }

  /// Whether the file `name` holds exactly `bytes`; `nil` when there is no such file, `false` when something else
  /// stands in its place.
  ///
  /// Reads nothing when the sizes differ.
  func compare(_ name: String, with bytes: [UInt8]) throws(SystemError) -> Bool? {
    guard let file = try openFile(name, followingLinks: false) else {
      return try entry(name) == nil ? nil : false
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .last("read", full(name)) }
    guard Int(status.st_size) == bytes.count else { return false }
    var offset = 0
    var isEqual = true
    try unsafe forEachChunk(of: file, name) { (chunk: UnsafeRawBufferPointer) throws(SystemError) in
      let start = offset
      offset += chunk.count
      guard isEqual, offset <= bytes.count else { return }
      isEqual = unsafe bytes.withUnsafeBytes { expected in
        guard let left = expected.baseAddress, let right = chunk.baseAddress else { return true }
        return unsafe memcmp(left + start, right, chunk.count) == 0
      }
    }
    return isEqual && offset == bytes.count
  }

  /// What the file `name` holds, which may be one whose size the system doesn't tell; `nil` when there is none.
  func text(_ name: String) throws(SystemError) -> String? {
    guard let file = try openFile(name, followingLinks: true) else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    try unsafe forEachChunk(of: file, name) { (chunk: UnsafeRawBufferPointer) throws(SystemError) in
      unsafe bytes.append(contentsOf: chunk)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What stands under `name`, without following a link; `nil` when nothing does.
  func entry(_ name: String) throws(SystemError) -> Entry? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last("look at", full(name))
    }
    return Directory.entry(of: status.st_mode)
  }

  private static func entry(of mode: mode_t) -> Entry {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// The names in the folder `name`, in no particular order, without `.` and `..`.
  func names(in name: String) throws(SystemError) -> [(name: String, entry: Entry)] {
    let child = retryingInterrupts {
      unsafe openat(descriptor, name.isEmpty ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard child >= 0 else { throw .last("list", full(name)) }
    guard let stream = unsafe fdopendir(child) else {
      close(child)
      throw .last("list", full(name))
    }
    defer { unsafe closedir(stream) }
    var result: [(String, Entry)] = []
    errno = 0
    while let record = unsafe readdir(stream) {
      let text = unsafe withUnsafePointer(to: &record.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard text != ".", text != ".." else { continue }
      let entry: Entry
      switch unsafe Int32(record.pointee.d_type) {
      case Int32(DT_REG): entry = .file
      case Int32(DT_DIR): entry = .folder
      case Int32(DT_LNK): entry = .link
      default: entry = try self.entry(name.isEmpty ? text : name + "/" + text) ?? .other
      }
      result.append((text, entry))
      errno = 0
    }
    guard errno == 0 else { throw .last("list", full(name)) }
    return result
  }

  /// The path of `name` with every symbolic link followed; `nil` when it leads nowhere.
  func resolved(_ name: String) -> String? {
    guard let result = unsafe realpath(full(name), nil) else { return nil }
    defer { unsafe free(result) }
    return unsafe String(cString: result)
  }

  /// Whether the folder of `name`, as far as there is one, lies in this one also when links are followed.
  func holdsFolder(of name: String) -> Bool {
    var folder = Directory.folder(of: name)
    guard !folder.isEmpty else { return true }
    guard let root = resolved("") else { return false }
    while !folder.isEmpty {
      if let place = resolved(folder) { return root == "/" || (place + "/").hasPrefix(root + "/") }
      // One that leads nowhere yet.
      guard (try? entry(folder)) != .link else { return false }
      folder = Directory.folder(of: folder)
    }
    return true
  }

  /// What the link `name` leads to.
  func target(_ name: String) throws(SystemError) -> Entry? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, 0) == 0 else {
      if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
      throw .last("look at", full(name))
    }
    return Directory.entry(of: status.st_mode)
  }
}

/// The system's `read`, under a name that no method hides.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  unsafe read(file, buffer, count)
}

/// The system's `write`, under a name that no method hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(file, bytes, count)
}

// MARK: - Writing

extension Directory {
  /// Writes a new file `name`, with the folders it needs.
  func create(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
    let file = try createFile(name)
    var isClosed = false
    defer { if !isClosed { close(file) } }
    try unsafe bytes.span.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(SystemError) in
      try unsafe write(bytes, to: file, name)
    }
    isClosed = true
    guard close(file) == 0 else { throw .last("write", full(name)) }
  }

  /// Writes a new file `name`, with the folders it needs, that holds what the file `original` of `source` does,
  /// whatever its size; returns the digest of that. `nil` when there is no such file.
  func create(_ name: String, copying original: String, of source: Directory) throws(SystemError) -> Digest? {
    guard let stream = Digest.Stream() else {
      throw SystemError(operation: "read", path: source.full(original), code: ENOMEM)
    }
    guard let reading = try source.openFile(original, followingLinks: true) else { return nil }
    defer { close(reading) }
    let file = try createFile(name)
    var isClosed = false
    defer { if !isClosed { close(file) } }
    try unsafe source.forEachChunk(of: reading, original) {
      (chunk: UnsafeRawBufferPointer) throws(SystemError) in
      unsafe stream.append(chunk)
      try unsafe write(chunk, to: file, name)
    }
    isClosed = true
    guard close(file) == 0 else { throw .last("write", full(name)) }
    return stream.digest
  }

  private func createFile(_ name: String, mode: mode_t = 0o666) throws(SystemError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    // Nearly every page has a folder of its own.
    if name.hasSuffix("/index.html") {
      let folder = Directory.folder(of: name)
      guard unsafe mkdirat(descriptor, folder, 0o777) == 0 || errno == EEXIST || errno == ENOENT else {
        throw .last("create", full(folder))
      }
    }
    var file = retryingInterrupts { unsafe openat(descriptor, name, flags, mode) }
    if file < 0, errno == ENOENT {
      try makeFolders(Directory.folder(of: name))
      file = retryingInterrupts { unsafe openat(descriptor, name, flags, mode) }
    }
    guard file >= 0 else { throw .last("write", full(name)) }
    return file
  }

  /// Opens the file `name`, which is made where there is none, for bytes at its end.
  func appending(to name: String) throws(SystemError) -> AppendedFile {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    let file = retryingInterrupts { unsafe openat(descriptor, name, flags, 0o666) }
    guard file >= 0 else { throw .last("write", full(name)) }
    return AppendedFile(self, name, file)
  }

  fileprivate func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ name: String) throws(SystemError)
  {
    var offset = 0
    while offset < bytes.count {
      let start = offset
      let written = retryingInterrupts {
        unsafe systemWrite(file, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      }
      guard written >= 0 else { throw .last("write", full(name)) }
      offset += written
    }
  }

  /// Writes a new file `name`, with the folders it needs, which is there whole or not at all; `false`, and nothing is
  /// done, when something stands in its place, or a link leads from its folder out of this one.
  func add(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> Bool {
    try add(name) { (directory, temporary) throws(SystemError) in
      try directory.create(temporary, bytes)
      return true
    }
  }

  /// Writes a new file `name` that holds what the file `original` of `source` does; see ``add(_:_:)``. `false` also when
  /// there is no such file.
  func add(_ name: String, copying original: String, of source: Directory) throws(SystemError) -> Bool {
    try add(name) { (directory, temporary) throws(SystemError) in
      try directory.create(temporary, copying: original, of: source) != nil
    }
  }

  private func add(
    _ name: String, _ write: (Directory, String) throws(SystemError) -> Bool
  ) throws(SystemError) -> Bool {
    guard holdsFolder(of: name), try entry(name) == nil else { return false }
    let temporary = try freshTemporary(for: name)
    var isInPlace = false
    defer { if !isInPlace { try? remove(temporary) } }
    guard try write(self, temporary), try entry(name) == nil else { return false }
    try rename(temporary, to: name, in: self)
    isInPlace = true
    return true
  }

  /// Puts `bytes` in the place of `former`, which the file `name` holds; `false`, and nothing is done, when it holds
  /// something else by now, something else stands in its place, or a link leads from its folder out of this one. Without `former`, see ``add(_:_:)``.
  ///
  /// The new file is written beside the old one, onto the disk, and then takes its name: whatever happens, one of the
  /// two is there whole. It has the old one's permissions and, where the system allows that, its owner.
  func replace(_ name: String, _ former: [UInt8]?, with bytes: [UInt8]) throws(SystemError) -> Bool {
    guard let former else { return try add(name, bytes) }
    var status = stat()
    guard holdsFolder(of: name), try compare(name, with: former) == true,
      unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    else { return false }
    let temporary = try freshTemporary(for: name)
    let file = try createFile(temporary, mode: 0o600)
    var isClosed = false
    var isInPlace = false
    defer {
      if !isClosed { close(file) }
      if !isInPlace { try? remove(temporary) }
    }
    try unsafe bytes.span.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(SystemError) in
      try unsafe write(bytes, to: file, temporary)
    }
    _ = fchown(file, status.st_uid, status.st_gid)
    guard fchmod(file, status.st_mode & 0o7777) == 0, fsync(file) == 0 else {
      throw .last("write", full(temporary))
    }
    isClosed = true
    guard close(file) == 0 else { throw .last("write", full(temporary)) }
    guard try compare(name, with: former) == true else { return false }
    try rename(temporary, to: name, in: self)
    isInPlace = true
    return true
  }

  /// The name beside `name` under which it is written before it takes its place; what one that was killed left under
  /// it is gone.
  private func freshTemporary(for name: String) throws(SystemError) -> String {
    let slash = name.utf8.lastIndex(of: 0x2F).map(name.utf8.index(after:)) ?? name.startIndex
    // Names that begin with a dot are no content.
    let temporary = "\(name[..<slash]).\(name[slash...]).sitegen"
    try remove(temporary)
    return temporary
  }

  /// Moves `name` below this folder to `newName` below `other`, replacing a file of that name.
  func rename(_ name: String, to newName: String, in other: Directory) throws(SystemError) {
    guard unsafe renameat(descriptor, name, other.descriptor, newName) == 0 else {
      throw .last("replace", other.full(newName))
    }
  }

  /// Removes the file `name`, if there is one.
  func remove(_ name: String) throws(SystemError) {
    guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT || errno == ENOTDIR else {
      throw .last("remove", full(name))
    }
  }

  /// Removes the folder `name` if it is there and empty; says whether it is gone.
  func removeEmptyFolder(_ name: String) throws(SystemError) -> Bool {
    if unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { return false }
    throw .last("remove", full(name))
  }

  /// Removes the folder `name` and everything in it; links in it are removed, not followed.
  func removeTree(_ name: String) throws(SystemError) {
    guard let entry = try entry(name) else { return }
    guard entry == .folder else { return try remove(name) }
    for child in try names(in: name) {
      let path = name + "/" + child.name
      if child.entry == .folder { try removeTree(path) } else { try remove(path) }
    }
    _ = try removeEmptyFolder(name)
  }

  /// Makes the folder `name` with its parents where they don't exist.
  func makeFolders(_ name: String) throws(SystemError) {
    guard !name.isEmpty else { return }
    if unsafe mkdirat(descriptor, name, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw .last("create", full(name)) }
    try makeFolders(Directory.folder(of: name))
    if unsafe mkdirat(descriptor, name, 0o777) != 0, errno != EEXIST { throw .last("create", full(name)) }
  }

  static func folder(of name: String) -> String {
    name[...].lastIndex(ofByte: 0x2F).map { String(name[..<$0]) } ?? ""
  }
}

/// A file that grows at its end. Closed when it goes out of scope.
final class AppendedFile: Sendable {
  private let directory: Directory
  private let name: String
  private let descriptor: Int32

  fileprivate init(_ directory: Directory, _ name: String, _ descriptor: Int32) {
    (self.directory, self.name, self.descriptor) = (directory, name, descriptor)
  }

  deinit { close(descriptor) }

  /// Adds `bytes`.
  func append(_ bytes: [UInt8]) throws(SystemError) {
    try unsafe bytes.span.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(SystemError) in
      try unsafe directory.write(bytes, to: descriptor, name)
    }
  }
}
