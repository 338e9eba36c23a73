// Gives the focus back to where it was taken from, as the keyboard would.
() => globalThis.walk.start.focus({ preventScroll: true, focusVisible: true })
