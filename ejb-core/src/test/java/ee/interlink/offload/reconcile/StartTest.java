package ee.interlink.offload.reconcile;

import static ee.interlink.offload.reconcile.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.LocalJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("UnnecessaryAssignment") // no container injects here
class StartTest {
  @TempDir Path state;
  private final List<String> begun = new ArrayList<>();
  private LocalJournal journal;
  private House before;
  private House after;

  @BeforeEach
  void build() {
    journal = new LocalJournal();
    before = new House(journal, state);
    after = new House(journal, state);
  }

  @Test
  void every_pod_under_way_is_remembered() throws Exception {
    List<PodUid> pods = List.of(before.accept(), before.submit(), before.submit());
    start(after, "").begin();
    assertThat(after.live.size()).isEqualTo(3);
    for (PodUid uid : pods) {
      LivePod pod = after.live.find(uid).orElseThrow();
      assertThat(pod.untried()).as("an earlier process may have tried").isFalse();
      assertThat(pod.job()).isEqualTo(before.entry(uid).jobRef());
    }
    assertThat(begun).containsExactly("workers", "beat");
  }

  @Test
  void what_is_owed_is_worked_on_at_once_and_what_runs_is_first_heard() throws Exception {
    PodUid owed = before.accept();
    PodUid running = before.submit();
    PodUid toBeDeleted = before.submit();
    journal.askDelete(toBeDeleted, NOON, Duration.ZERO);
    start(after, "").begin();
    assertThat(after.queued).containsExactlyInAnyOrder(owed, toBeDeleted).doesNotContain(running);
  }

  @Test
  void a_setting_that_its_driver_refuses_stops_the_start_with_the_keys_name() {
    assertThatThrownBy(start(after, "interlink.backends.b.directroy")::begin)
        .hasMessageContaining("interlink.backends.b.directroy");
    assertThat(begun).isEmpty();
  }

  private Start start(House house, String badKey) {
    Start start = new Start();
    start.configuration = house.configuration;
    start.journal = journal;
    start.live = house.live;
    start.staging = house.staging;
    start.queues = house.queues;
    start.connections = new Checking(badKey);
    start.workers =
        new Workers() {
          @Override
          public void begin() {
            begun.add("workers");
          }
        };
    start.beat =
        new Beat() {
          @Override
          public void begin() {
            begun.add("beat");
          }
        };
    return start;
  }

  private record Checking(String badKey) implements BatchConnectionFactory {
    @Override
    public BatchConnection getConnection(BackendSettings backend, AccountName account)
        throws BatchException {
      throw new BackendUnavailableException("nobody is to connect at the start");
    }

    @Override
    public void check(BackendSettings backend) throws InvalidSettingException {
      if (!badKey.isEmpty()) {
        throw new InvalidSettingException(badKey, "is unknown");
      }
    }

    @Override
    public void check(BackendSettings backend, JobRequest request) {
      throw new AssertionError("no pod is taken in at the start");
    }

    @Override
    public boolean updates(BackendSettings backend) {
      return true;
    }
  }
}
