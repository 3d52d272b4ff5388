package ee.interlink.offload.reconcile;

import static java.lang.System.Logger.Level.INFO;

import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What happens at the start, in order: check, remember, work, watch. And at the end. */
@Singleton
@Startup
@DependsOn("JournalSchema")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Start {
  private static final System.Logger LOG = System.getLogger(Start.class.getName());

  @Resource(lookup = "java:app/eis/batch")
  BatchConnectionFactory connections;

  @Inject Configuration configuration;
  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Staging staging;
  @Inject WorkQueues queues;
  @Inject Workers workers;
  @Inject Beat beat;

  @PostConstruct
  void begin() {
    configuration.backends().values().forEach(this::check);
    List<PodEntry> open = journal.open();
    Map<PodUid, PodFacts> facts = journal.facts(open.stream().map(PodEntry::uid).toList());
    for (PodEntry entry : open) {
      live.add(entry.uid(), LivePod.of(entry, facts.getOrDefault(entry.uid(), PodFacts.NONE)));
      // An active one waits for its first round: what its job said meanwhile is not yet heard.
      if (entry.stage() != Stage.ACTIVE || entry.deleteAsked().isPresent()) {
        queues.add(entry.backend(), entry.uid());
      }
    }
    staging.keepOnly(
        open.stream().filter(e -> e.stage() == Stage.SUBMIT).map(PodEntry::uid).toList());
    workers.begin();
    beat.begin();
    LOG.log(INFO, "{0} backends, {1} pods under way", configuration.backends().size(), open.size());
  }

  private void check(Backend backend) {
    try {
      connections.check(backend.settings());
    } catch (InvalidSettingException e) {
      throw new IllegalStateException("configuration: " + e.getMessage(), e);
    }
  }

  @PreDestroy
  void end() {
    workers.end();
  }
}
