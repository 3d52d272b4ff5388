package ee.interlink.kubernetes;

import ee.interlink.configuration.Configuration;
import ee.interlink.kubernetes.node.NodeAgents;
import ee.interlink.kubernetes.pods.PodWork;
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

  @Resource TimerService timers;
  @Inject Configuration configuration;
  @Inject NodeAgents nodes;
  @Inject PodWork pods;

  @PostConstruct
  void begin() {
    if (!configuration.nodes().isEmpty()) {
      nodes.begin();
      pods.begin();
      timers.createIntervalTimer(0, BEAT_MILLIS, new TimerConfig(NODES, false));
      timers.createIntervalTimer(BEAT_MILLIS, BEAT_MILLIS, new TimerConfig(PODS, false));
    }
  }

  @Timeout
  void tick(Timer timer) {
    if (timer.getInfo().equals(NODES)) {
      nodes.beat();
    } else {
      pods.beat();
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
