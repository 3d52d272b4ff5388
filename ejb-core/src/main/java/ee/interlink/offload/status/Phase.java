package ee.interlink.offload.status;

/** The phases of a pod that we report (Kubernetes API, PodStatus.phase). */
enum Phase {
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  boolean isOpen() {
    return this == PENDING || this == RUNNING;
  }
}
