package ee.interlink.web.kubelet;

import ee.interlink.batch.BatchException;
import ee.interlink.web.kubelet.access.Access;
import ee.interlink.web.kubelet.access.Authenticator;
import ee.interlink.web.kubelet.access.Authoriser;
import ee.interlink.web.kubelet.access.Caller;
import ee.interlink.web.kubelet.access.ClusterAwayException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/** A node's port behind the handshake: who is it, may he, and only then what does he want. */
final class NodeDoor {
  private final Authenticator authenticator;
  private final Authoriser authoriser;
  private final Pages pages;
  private final PortMetrics metrics;

  NodeDoor(Authenticator authenticator, Authoriser authoriser, Pages pages, PortMetrics metrics) {
    this.authenticator = authenticator;
    this.authoriser = authoriser;
    this.pages = pages;
    this.metrics = metrics;
  }

  void open(Exchange exchange) throws IOException, BatchException, ClusterAwayException {
    Optional<Caller> caller =
        authenticator.caller(
            exchange.shown(), exchange.header(HttpHeader.AUTHORIZATION).orElse(null));
    if (caller.isEmpty()) {
      exchange.with(HttpHeader.WWW_AUTHENTICATE, "Bearer").answer(401, "Unauthorized");
      return;
    }
    List<Access> needed = Access.to(exchange.method(), exchange.path());
    if (!authoriser.allows(caller.get(), needed)) {
      Access widest = needed.get(needed.size() - 1);
      exchange.answer(
          403,
          "Forbidden (user=%s, verb=%s, resource=nodes, subresource=%s)\n"
              .formatted(caller.get().name(), widest.verb(), widest.subresource()));
      return;
    }
    pages.show(exchange);
  }

  void answered(Exchange exchange) {
    metrics.answered(pages.counted(exchange.path()), exchange.status());
  }
}
