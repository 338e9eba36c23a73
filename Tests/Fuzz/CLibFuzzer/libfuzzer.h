// The face of libFuzzer, for which the toolchain has the library and no header.
#include <stddef.h>
#include <stdint.h>

// Calls `test` with one input after another, as the program's arguments say.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t count));
