package ee.interlink.incontainer;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Puts right what the adapter for Payara Micro (3.1) gets wrong now and then: it looks at the
 * server's log each 200 ms for the list of its servlets, and takes what it finds of it for all of
 * it although the rest is still on its way. Then it knows the port and no servlet, and no test
 * runs.
 */
public final class WholeMetadata implements LoadableExtension {
  private static final String RUNNER = "ArquillianServletRunnerEE9";

  @Override
  public void register(ExtensionBuilder builder) {
    builder.override(
        DeployableContainer.class, PayaraMicroDeployableContainer.class, Container.class);
  }

  /** The adapter, with the one servlet that tests need. */
  public static final class Container extends PayaraMicroDeployableContainer {
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
      ProtocolMetaData metadata = super.deploy(archive);
      for (HTTPContext context : metadata.getContexts(HTTPContext.class)) {
        if (context.getServletByName(RUNNER) == null) {
          context.add(new Servlet(RUNNER, "/"));
        }
      }
      return metadata;
    }
  }
}
