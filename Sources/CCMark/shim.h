// libcmark's own header; this file exists so that the module map needs no absolute path.
#include <cmark.h>

// The length of a text of libcmark's, without the C library's module for it.
static inline long cmark_text_length(const char *text) { return (long)__builtin_strlen(text); }
