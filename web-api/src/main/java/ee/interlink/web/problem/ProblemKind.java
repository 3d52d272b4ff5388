package ee.interlink.web.problem;

/** The table of what can be wrong with a request, or with us: the kinds of RFC 9457 problems. */
public enum ProblemKind {
  MALFORMED_DOCUMENT("malformed-document", 400, "The document cannot be read"),
  BODY_CUT_OFF("body-cut-off", 400, "The request's body ended too early"),
  INVALID_PARAMETER("invalid-parameter", 400, "A parameter of the request is not valid"),
  NO_SUCH_POD("no-such-pod", 404, "There is no such pod"),
  UID_TAKEN("uid-taken", 409, "Another pod has this UID"),
  BODY_TOO_LARGE("body-too-large", 413, "The request's body is too large"),
  REFUSED_POD("refused-pod", 422, "The pod cannot be run as it stands"),
  UNKNOWN_BACKEND("unknown-backend", 422, "There is no such backend"),
  JOB_REFUSED("job-refused", 500, "The job was refused"),
  INTERNAL("internal", 500, "The server has failed"),
  BACKEND_REFUSED("backend-refused", 502, "The backend refuses this"),
  BACKEND_UNAVAILABLE("backend-unavailable", 503, "The backend does not answer"),
  TOO_MANY_FOLLOWERS("too-many-followers", 503, "Too many logs are being followed");

  private static final String PREFIX = "urn:interlink-ee:problem:";

  private final String slug;
  private final int status;
  private final String title;

  ProblemKind(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /** The problem's {@code type}. */
  public String type() {
    return PREFIX + slug;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
