package ee.interlink.kubernetes;

import ee.interlink.configuration.Configuration;
import ee.interlink.configuration.Node;
import ee.interlink.configuration.NodeName;
import ee.interlink.kubernetes.node.NodeAgents;
import ee.interlink.kubernetes.pods.PodWork;
import ee.interlink.kubernetes.pods.VolumeRounds;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The nodes' start, beat and end; nothing at all without a configured node. */
@Singleton
@Startup
@DependsOn("Start")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KubernetesStart {
  private static final long BEAT_MILLIS = 1_000;
  private static final String NODES = "nodes";
  private static final String PODS = "pods";

  /** Before a node's name: one that hangs holds up no other. */
  private static final String VOLUMES = "volumes/";

  @Resource TimerService timers;
  @Inject Configuration configuration;
  @Inject NodeAgents nodes;
  @Inject PodWork pods;
  @Inject VolumeRounds volumes;

  @PostConstruct
  void begin() {
    if (!configuration.nodes().isEmpty()) {
      nodes.begin();
      pods.begin();
      timers.createIntervalTimer(0, BEAT_MILLIS, new TimerConfig(NODES, false));
      timers.createIntervalTimer(BEAT_MILLIS, BEAT_MILLIS, new TimerConfig(PODS, false));
      for (Node node : configuration.nodes().values()) {
        if (volumes.isOfUse(node)) {
          TimerConfig ofNode = new TimerConfig(VOLUMES + node.name(), false);
          timers.createIntervalTimer(BEAT_MILLIS, BEAT_MILLIS, ofNode);
        }
      }
    }
  }

  @Timeout
  void tick(Timer timer) {
    String info = (String) timer.getInfo();
    switch (info) {
      case NODES -> nodes.beat();
      case PODS -> pods.beat();
      default -> volumes.beat(new NodeName(info.substring(VOLUMES.length())));
    }
  }

  @PreDestroy
  void end() {
    if (!configuration.nodes().isEmpty()) {
      pods.end();
      nodes.end();
    }
  }
}
