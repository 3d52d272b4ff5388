package ee.interlink.kubernetes.pods;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.SamplePod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryAssignment") // no container injects here
class LaterTest {
  private final PodQueue queue = new PodQueue();
  private final Later later = new Later();
  private final PodUid uid = SamplePod.freshUid();

  @BeforeEach
  void inject() {
    later.queue = queue;
  }

  private List<PodUid> due(Instant at) {
    later.sweep(at);
    return NodeHouse.waiting(queue.wanted());
  }

  /** After how many seconds a pod is looked at again that is wanted at this time. */
  private int pause(Instant now) {
    later.want(uid, now);
    int seconds = 0;
    while (due(now.plusSeconds(seconds)).isEmpty()) {
      seconds++;
    }
    return seconds;
  }

  @Test
  void pauses_grow_up_to_a_bound_and_begin_anew_once_settled() {
    List<Integer> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      pauses.add(pause(NodeHouse.NOON));
    }
    assertThat(pauses).containsExactly(1, 2, 4, 8, 15, 15, 15);
    later.settled(uid);
    assertThat(pause(NodeHouse.NOON)).isEqualTo(1);
  }

  @Test
  void a_pod_is_queued_once_when_its_time_has_come() {
    later.want(uid, NodeHouse.NOON);
    assertThat(due(NodeHouse.NOON)).isEmpty();
    assertThat(due(NodeHouse.NOON.plusSeconds(1))).containsExactly(uid);
    assertThat(due(NodeHouse.NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void what_is_settled_is_not_looked_at_again() {
    later.want(uid, NodeHouse.NOON);
    later.settled(uid);
    assertThat(due(NodeHouse.NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void news_that_could_not_be_told_have_a_time_of_their_own() {
    later.tell(uid, NodeHouse.NOON.plusSeconds(2));
    later.settled(uid);
    later.sweep(NodeHouse.NOON.plusSeconds(1));
    assertThat(NodeHouse.waiting(queue.told())).isEmpty();
    assertThat(due(NodeHouse.NOON.plusSeconds(2))).isEmpty();
    assertThat(NodeHouse.waiting(queue.told())).containsExactly(uid);
  }
}
