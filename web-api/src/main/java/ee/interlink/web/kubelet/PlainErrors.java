package ee.interlink.web.kubelet;

import org.eclipse.jetty.server.handler.ErrorHandler;

/** What the HTTP library answers by itself: a status and no causes. */
final class PlainErrors extends ErrorHandler {
  PlainErrors() {
    setShowStacks(false);
    setShowCauses(false);
    setDefaultResponseMimeType("text/plain");
  }
}
