package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests that leave it in peace, with the backends {@link Testbed#BACKEND} (the
 * default) and {@link Testbed#PARKED}, which starts no job. Given to whoever has it as a parameter.
 */
final class SharedServer implements ParameterResolver {
  /** The running server with what belongs to it. */
  record Site(Testbed testbed, Server server, Map<String, String> properties)
      implements AutoCloseable {
    Pods pods() {
      return new Pods(testbed.image());
    }

    BatchSystem batch() {
      return testbed.batchSystem();
    }

    ee.interlink.testbed.Gate gate() {
      return testbed.gate(properties, Testbed.BACKEND);
    }

    /** All places where files of this pod may be. */
    List<Path> places(String uid) {
      return batch().places(testbed.directory(properties, Testbed.BACKEND), uid);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** A server that starts quickly rather than runs fast for hours. */
  static Server server(String name, Map<String, String> properties) {
    return serverIn(home(name), properties);
  }

  static Server serverIn(Path home, Map<String, String> properties) {
    return Server.in(home, properties, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  static Path home(String name) {
    try {
      Path target = Path.of("target").toAbsolutePath();
      return Files.createTempDirectory(Files.createDirectories(target), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Site start() {
    Testbed testbed = Testbed.here();
    Map<String, String> properties = new HashMap<>(testbed.backend());
    properties.putAll(testbed.parkedBackend());
    properties.put("interlink.default-backend", Testbed.BACKEND);
    Server server = server("shared", properties).start();
    System.out.println("FIGURE server-start-seconds " + server.startTime().toMillis() / 1000.0);
    // Before the first answer of its backend it would say that there is none.
    waitFor("the backend's first answer").until(() -> server.wire().ping().status() == 200);
    return new Site(testbed, server, properties);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedServer.class))
        .getOrComputeIfAbsent(Site.class, key -> start(), Site.class);
  }
}
