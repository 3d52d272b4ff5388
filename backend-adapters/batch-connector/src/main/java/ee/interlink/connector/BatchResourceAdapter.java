package ee.interlink.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import javax.transaction.xa.XAResource;

/**
 * Outbound only: news of jobs is fetched by timers, because message-driven beans of an own adapter
 * need vendor files on some servers.
 */
public class BatchResourceAdapter implements ResourceAdapter, Serializable {
  private static final long serialVersionUID = 1L;
  private static final XAResource[] NONE = {};

  @Override
  public void start(BootstrapContext context) {
    // nothing runs on its own
  }

  @Override
  public void stop() {
    // the server closes the pooled connections itself
  }

  @Override
  public void endpointActivation(MessageEndpointFactory endpoint, ActivationSpec spec)
      throws ResourceException {
    throw new NotSupportedException("this adapter has no inbound messages");
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory endpoint, ActivationSpec spec) {
    // none was activated
  }

  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return NONE;
  }

  /** Without settings of its own, one instance is as good as another (Connectors 2.1, 5.3.1). */
  @Override
  public boolean equals(Object other) {
    return other instanceof BatchResourceAdapter;
  }

  @Override
  public int hashCode() {
    return BatchResourceAdapter.class.hashCode();
  }
}
