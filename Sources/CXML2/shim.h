// libxml2's own headers; this file exists so that the module map needs no absolute path.
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
