/// `text` in quotes, as one word of a shell's command line.
public func shellQuoted(_ text: some StringProtocol) -> String {
  "'\(String(text).replacing("'", with: "'\\''"))'"
}
