package ee.interlink.web.kubelet.access;

/** Counts where answers came from. */
public interface Tally {
  String CACHED = "cached";
  String ASKED = "asked";
  String FAILED = "failed";

  void count(String source);
}
