// xxHash's own header; this file exists so that the module map needs no absolute path.
#include <xxhash.h>
