extension RandomAccessCollection {
  /// The index of the first element for which `belongs` holds, in a collection where all such come last; the end when
  /// there is none.
  ///
  /// - Complexity: O(log *n*).
  @inlinable
  public func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if belongs(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
