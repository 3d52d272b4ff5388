package ee.interlink.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import ee.interlink.offload.pod.FieldFault;
import java.util.List;
import java.util.Objects;

/**
 * A problem document, RFC 9457.
 *
 * @param type which kind, as a URI; {@code about:blank} where the HTTP status says it all
 * @param title the kind in words
 * @param status of HTTP
 * @param detail what is wrong this time and what helps; never a value that may be secret
 * @param instance the request's path, or the id under which the server's log has more; null if
 *     neither is known
 * @param faults each field of a pod that stands in the way; empty for other problems
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<FieldFault> faults) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(detail, "detail");
    faults = List.copyOf(faults);
  }

  static Problem of(ProblemKind kind, String detail) {
    return of(kind, detail, List.of());
  }

  static Problem of(ProblemKind kind, String detail, List<FieldFault> faults) {
    return new Problem(kind.type(), kind.title(), kind.status(), detail, null, faults);
  }

  static Problem ofStatus(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, null, List.of());
  }

  Problem at(String where) {
    return new Problem(type, title, status, detail, where, faults);
  }
}
