// Debian's libxml2 is built with ICU, whose headers declare what Foundation's own copy of ICU declares otherwise. They are for
// converters that nothing here looks into.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
