package ee.interlink.web.problem;

import java.util.Objects;

/** A request cannot be answered as asked; the caller is told why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ProblemKind kind;

  /**
   * @param detail for the caller's eyes
   */
  public ProblemException(ProblemKind kind, String detail) {
    super(detail);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public ProblemKind kind() {
    return kind;
  }
}
