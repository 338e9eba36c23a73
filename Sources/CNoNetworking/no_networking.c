// Keeps FoundationNetworking out of the program, and with it libcurl and 29 libraries more, which every command would
// load at its start (a third of the time that takes) for a server that never asks for a page.
//
// FlyingFox, the library of the preview's server, has one handler that passes requests on to other servers, with
// URLSession. sitegen never makes one. What that handler refers to is defined here, so that the linker has no use for the
// library; where a newer FlyingFox refers to something else, the library is linked as if none of this were here, which
// a test finds (CommandTests/ServeCommandTests.swift: commandsLoadNoNetworking).
#include "CNoNetworking.h"

#if defined(__linux__)

/// The linker takes libraries only where something in them is asked for, once this is said. Swift's driver puts a
/// package's own flags behind the libraries' names, but what objects ask for here in front of them.
__attribute__((section(".swift1_autolink_entries"), used)) static const char as_needed[] = "-Wl,--as-needed";

#define NEVER_CALLED(name, symbol)    \
  void name(void) __asm__(symbol);    \
  void name(void) { __builtin_trap(); }

NEVER_CALLED(url_request_set_method, "$s20FoundationNetworking10URLRequestV10httpMethodSSSgvs")
NEVER_CALLED(url_request_set_timeout, "$s20FoundationNetworking10URLRequestV15timeoutIntervalSdvs")
NEVER_CALLED(url_request_set_headers, "$s20FoundationNetworking10URLRequestV19allHTTPHeaderFieldsSDyS2SGSgvs")
NEVER_CALLED(url_request, "$s20FoundationNetworking10URLRequestV3url11cachePolicy15timeoutIntervalAC0A10Essentials3URLV_AA12NSURLRequestC05CacheF0OSdtcfC")
NEVER_CALLED(url_request_set_body, "$s20FoundationNetworking10URLRequestV8httpBody0A10Essentials4DataVSgvs")
NEVER_CALLED(url_session_data, "$s20FoundationNetworking10URLSessionC4data3for8delegate0A10Essentials4DataV_AA11URLResponseCtAA10URLRequestV_AA0C12TaskDelegate_pSgtYaKF")
NEVER_CALLED(url_session_data_pointer, "$s20FoundationNetworking10URLSessionC4data3for8delegate0A10Essentials4DataV_AA11URLResponseCtAA10URLRequestV_AA0C12TaskDelegate_pSgtYaKFTu")
NEVER_CALLED(url_session_shared, "$s20FoundationNetworking10URLSessionC6sharedACvgZ")
NEVER_CALLED(url_session_metadata, "$s20FoundationNetworking10URLSessionCMa")
NEVER_CALLED(url_session_descriptor, "$s20FoundationNetworking10URLSessionCMn")
NEVER_CALLED(http_url_response_metadata, "$s20FoundationNetworking15HTTPURLResponseCMa")

#endif
