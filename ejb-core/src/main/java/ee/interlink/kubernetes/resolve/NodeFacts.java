package ee.interlink.kubernetes.resolve;

import ee.interlink.configuration.HostPort;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.*;

public record NodeFacts(
    String name,
    List<String> hostIps,
    Map<String, Quantity> allocatable,
    Optional<HostPort> apiServer) {}
