package ee.interlink.offload.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;

/**
 * What a run of a container last waited for of its image.
 *
 * @param run its number, 0 for the first
 * @param at when that began, in milliseconds since the epoch
 * @param message the runtime's words if the image could not be fetched; else empty
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageFacts(int run, ImageState state, long at, String message) {
  public ImageFacts {
    message = message == null ? "" : message;
  }

  static ImageFacts of(JobReport.ContainerImage report) {
    return new ImageFacts(
        report.restarts(), report.state(), report.at().toEpochMilli(), report.message());
  }

  /** The later of the two, whatever the order; of one that has come twice the one with words. */
  ImageFacts or(ImageFacts other) {
    int order = run != other.run ? Integer.compare(run, other.run) : Long.compare(at, other.at);
    if (order == 0) {
      order = state.compareTo(other.state);
    }
    if (order == 0) {
      order = message.compareTo(other.message);
    }
    return order < 0 ? other : this;
  }
}
