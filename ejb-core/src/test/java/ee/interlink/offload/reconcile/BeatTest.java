package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThatCode;

import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerHandle;
import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertThatCode(() -> beat.tick(new Tick("sweep"))).doesNotThrowAnyException();
  }

  private record Tick(String what) implements Timer {
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
