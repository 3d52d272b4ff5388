package ee.interlink.web.kubelet.certificate;

/** Keeps a port's certificate fresh; told every few seconds to look. */
public interface Renewal {
  /** Never throws what the next look may cure. */
  void look();
}
