package ee.interlink.web.kubelet.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Decides what a caller may have of the node; kubelet's webhook authorizer. */
public final class Authoriser {
  private static final Duration IF_ALLOWED = Duration.ofMinutes(5);
  private static final Duration IF_DENIED = Duration.ofSeconds(30);

  private record Question(Caller caller, Access access) {}

  private final Reviews reviews;
  private final Remembered<Question, Boolean> remembered;

  public Authoriser(Reviews reviews, Ticker ticker, Tally tally) {
    this.reviews = reviews;
    this.remembered = new Remembered<>(allowed -> allowed, IF_ALLOWED, IF_DENIED, ticker, tally);
  }

  /** Whether the caller has one of these rights. */
  public boolean allows(Caller caller, Iterable<Access> oneOf) throws ClusterAwayException {
    for (Access access : oneOf) {
      if (remembered.answer(new Question(caller, access), () -> reviews.allows(caller, access))) {
        return true;
      }
    }
    return false;
  }
}
