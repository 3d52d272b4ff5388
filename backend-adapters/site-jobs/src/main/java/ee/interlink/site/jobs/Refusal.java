package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.NotAuthorisedException;
import java.util.List;

/**
 * What it means for a pod that a submission failed with these words. A driver has a table of them,
 * read from top to bottom; what is not in it may be cured by waiting.
 *
 * @param text part of what the scheduler's command says
 */
public record Refusal(String text, Kind kind) {
  /** What the caller can do about it. */
  public enum Kind {
    REJECTED,
    NOT_AUTHORISED,
    LATER
  }

  public static Refusal rejected(String text) {
    return new Refusal(text, Kind.REJECTED);
  }

  public static Refusal notAuthorised(String text) {
    return new Refusal(text, Kind.NOT_AUTHORISED);
  }

  public static Refusal later(String text) {
    return new Refusal(text, Kind.LATER);
  }

  /** What the first text that occurs says; {@link Kind#LATER} if none does. */
  public static Kind kind(List<Refusal> table, String said) {
    return table.stream()
        .filter(refusal -> said.contains(refusal.text()))
        .map(Refusal::kind)
        .findFirst()
        .orElse(Kind.LATER);
  }

  /**
   * The same as an exception.
   *
   * @param said all that the command said
   * @param words of it for people
   */
  public static BatchException of(List<Refusal> table, String said, String words) {
    return switch (kind(table, said)) {
      case REJECTED -> new JobRejectedException(words);
      case NOT_AUTHORISED -> new NotAuthorisedException(words);
      case LATER -> new BackendUnavailableException(words);
    };
  }
}
