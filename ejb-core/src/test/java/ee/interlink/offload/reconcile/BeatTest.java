package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.LocalJournal;
import ee.interlink.offload.journal.PodEntry;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerHandle;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("UnnecessaryAssignment") // no container injects here
class BeatTest {

  @Test
  void a_database_that_is_away_does_not_end_the_beat() {
    Beat beat = new Beat();
    beat.journal =
        new Journal() {
          @Override
          public List<PodEntry> due(Instant now, int most) {
            throw new IllegalStateException("the database is away");
          }
        };
    assertThatCode(() -> beat.tick(new Tick(Beat.Task.SWEEP))).doesNotThrowAnyException();
  }

  @Test
  void what_is_left_of_a_clusters_pod_is_its_doors_turn_and_not_every_second(@TempDir Path state)
      throws Exception {
    House house = new House(new LocalJournal(), state);
    PodUid uid = house.accept(Door.KUBERNETES);
    house.delete(uid, Duration.ZERO, House.NOON);
    house.told.clear();
    Beat beat = new Beat();
    beat.journal = house.journal;
    beat.changes = house.changes;
    for (int second = 10; second < 40; second++) {
      beat.clock = Clock.fixed(House.NOON.plusSeconds(second), ZoneOffset.UTC);
      beat.tick(new Tick(Beat.Task.SWEEP));
    }
    assertThat(house.told).containsExactly(uid);
    beat.clock = Clock.fixed(House.NOON.plusSeconds(40), ZoneOffset.UTC);
    beat.tick(new Tick(Beat.Task.SWEEP));
    assertThat(house.told).containsExactly(uid, uid);
  }

  private record Tick(Beat.Task what) implements Timer {
    @Override
    public Serializable getInfo() {
      return what;
    }

    @Override
    public void cancel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long getTimeRemaining() {
      return 0;
    }

    @Override
    public Date getNextTimeout() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ScheduleExpression getSchedule() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isPersistent() {
      return false;
    }

    @Override
    public boolean isCalendarTimer() {
      return false;
    }

    @Override
    public TimerHandle getHandle() {
      throw new UnsupportedOperationException();
    }
  }
}
