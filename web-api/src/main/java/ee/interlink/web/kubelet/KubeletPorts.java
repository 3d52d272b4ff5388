package ee.interlink.web.kubelet;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.KubeletPort;
import ee.interlink.configuration.Node;
import ee.interlink.kubernetes.Cluster;
import ee.interlink.kubernetes.NodePods;
import ee.interlink.offload.Pods;
import ee.interlink.web.kubelet.access.ClientAuthorities;
import ee.interlink.web.kubelet.access.ClusterAuthorities;
import ee.interlink.web.kubelet.access.ClusterReviews;
import ee.interlink.web.kubelet.certificate.CertificateFiles;
import ee.interlink.web.kubelet.certificate.ClusterSigningRequests;
import ee.interlink.web.kubelet.certificate.CurrentIdentity;
import ee.interlink.web.kubelet.certificate.IdentityFile;
import ee.interlink.web.kubelet.certificate.IssuedCertificate;
import ee.interlink.web.kubelet.certificate.ServingNames;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The ports of the configured nodes, from the application's start to its end. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KubeletPorts {
  private static final System.Logger LOG = System.getLogger(KubeletPorts.class.getName());
  private static final long LOOK_MILLIS = 5_000;

  @Resource TimerService timers;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  ManagedThreadFactory threads;

  @Inject Configuration configuration;
  @Inject Cluster cluster;
  @Inject NodePods nodePods;
  @Inject Pods pods;

  private final Semaphore readers = new Semaphore(KubeletServer.READERS);
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private KubeletServer server;

  @PostConstruct
  void begin() {
    List<Node> listening =
        configuration.nodes().values().stream().filter(node -> node.kubelet().port() > 0).toList();
    if (listening.isEmpty()) {
      return;
    }
    server = new KubeletServer(threads);
    try {
      listening.forEach(this::listen);
      server.start();
    } catch (IllegalStateException e) {
      server.stop(); // what was opened before
      throw e;
    }
    timers.createIntervalTimer(0, LOOK_MILLIS, new TimerConfig("kubelet ports", false));
  }

  private void listen(Node node) {
    KubeletPort port = node.kubelet();
    ClientAuthorities authorities =
        new ClientAuthorities(
            node.name().value(),
            port.clientCa().isPresent()
                ? () -> Files.readString(port.clientCa().get())
                : new ClusterAuthorities(cluster.client()),
            Clock.systemUTC());
    looks.add(authorities::refresh);
    NodeDoor door =
        NodePort.door(
            node,
            NodePort.view(node.name(), nodePods),
            pods,
            new ClusterReviews(cluster.client(), node.name()),
            authorities,
            readers);
    CurrentIdentity identity = identity(node);
    try {
      server.listen(node.name().value(), port.bind(), port.port(), identity, door);
    } catch (IOException e) {
      throw wrong(node, "port", "cannot listen on " + port.bind() + ":" + port.port(), e);
    }
    LOG.log(INFO, "node {0}: listening on {1}:{2,number,#}", node.name(), port.bind(), port.port());
  }

  private CurrentIdentity identity(Node node) {
    KubeletPort port = node.kubelet();
    if (port.certificate().isPresent() && port.key().isPresent()) {
      try {
        CertificateFiles files = new CertificateFiles(port.certificate().get(), port.key().get());
        looks.add(files::look);
        return files.current();
      } catch (IOException e) {
        throw wrong(node, "certificate", "cannot be used", e);
      }
    }
    Path kept = configuration.stateDirectory().resolve("kubelet").resolve(node.name() + ".pem");
    IssuedCertificate issued =
        new IssuedCertificate(
            () -> new ServingNames(node.name(), nodePods.address(node.name())),
            new ClusterSigningRequests(cluster.client(), node.name()),
            new IdentityFile(kept),
            Clock.systemUTC());
    looks.add(issued::look);
    return issued.current();
  }

  private static IllegalStateException wrong(Node node, String key, String what, IOException e) {
    return new IllegalStateException(
        "configuration: interlink.nodes.%s.kubelet.%s: %s: %s"
            .formatted(node.name(), key, what, e.getMessage()),
        e);
  }

  @Timeout
  void look() {
    if (looking.compareAndSet(false, true)) {
      try {
        looks.forEach(KubeletPorts::look);
      } finally {
        looking.set(false);
      }
    }
  }

  private static void look(Runnable one) {
    try {
      one.run();
    } catch (RuntimeException e) {
      // Outermost loop: a timer whose method fails twice is given up by Payara.
      LOG.log(ERROR, "a kubelet port was not looked after", e);
    }
  }

  @PreDestroy
  void end() {
    if (server != null) {
      server.stop();
    }
  }
}
