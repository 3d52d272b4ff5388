package ee.interlink.kubernetes.resolve;

import ee.interlink.configuration.HostPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables by which a pod finds services: of its namespace if it wants them, and of the API
 * server always.
 *
 * <p>See "Service: Environment variables" in the documentation of Kubernetes.
 */
final class ServiceEnvironment {
  private static final String API_SERVER = "kubernetes";
  private static final String ITS_NAMESPACE = "default";

  private final Map<String, String> variables = new TreeMap<>();

  private ServiceEnvironment() {}

  static Map<String, String> of(PodObjects objects, boolean links, Optional<HostPort> apiServer)
      throws ClusterUnavailableException {
    ServiceEnvironment environment = new ServiceEnvironment();
    for (Service service : services(objects, links, apiServer)) {
      environment.add(service);
    }
    return environment.variables;
  }

  private static List<Service> services(
      PodObjects objects, boolean links, Optional<HostPort> apiServer)
      throws ClusterUnavailableException {
    List<Service> services = new ArrayList<>();
    if (links) {
      objects.services(objects.namespace()).stream()
          // Of the same name in another namespace: the API server's own has precedence.
          .filter(service -> !named(service, API_SERVER))
          .forEach(services::add);
    }
    if (apiServer.isPresent()) {
      services.add(standIn(apiServer.get()));
    } else {
      objects.services(ITS_NAMESPACE).stream()
          .filter(service -> named(service, API_SERVER))
          .forEach(services::add);
    }
    return services;
  }

  private static boolean named(Service service, String name) {
    return service.getMetadata().getName().equals(name);
  }

  private static Service standIn(HostPort apiServer) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(API_SERVER)
        .endMetadata()
        .withNewSpec()
        .withClusterIP(apiServer.host())
        .addNewPort()
        .withName("https")
        .withPort(apiServer.port())
        .endPort()
        .endSpec()
        .build();
  }

  private void add(Service service) {
    String host = service.getSpec() == null ? null : service.getSpec().getClusterIP();
    if (host == null || host.isEmpty() || host.equals("None")) {
      return; // headless, or a name elsewhere: there is no address to tell
    }
    String prefix = name(service.getMetadata().getName());
    variables.put(prefix + "_SERVICE_HOST", host);
    List<ServicePort> ports = service.getSpec().getPorts();
    for (int i = 0; i < ports.size(); i++) {
      ServicePort port = ports.get(i);
      if (i == 0) {
        variables.put(prefix + "_SERVICE_PORT", port.getPort().toString());
        variables.put(prefix + "_PORT", url(port, host));
      }
      if (port.getName() != null && !port.getName().isEmpty()) {
        variables.put(prefix + "_SERVICE_PORT_" + name(port.getName()), port.getPort().toString());
      }
      link(prefix + "_PORT_" + port.getPort() + "_" + protocol(port), port, host);
    }
  }

  /** What Docker's links once set. */
  private void link(String prefix, ServicePort port, String host) {
    variables.put(prefix, url(port, host));
    variables.put(prefix + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
    variables.put(prefix + "_PORT", port.getPort().toString());
    variables.put(prefix + "_ADDR", host);
  }

  private static String url(ServicePort port, String host) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return protocol(port).toLowerCase(Locale.ROOT) + "://" + shown + ":" + port.getPort();
  }

  private static String protocol(ServicePort port) {
    return Objects.requireNonNullElse(port.getProtocol(), "TCP").toUpperCase(Locale.ROOT);
  }

  private static String name(String of) {
    String name = of.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
