package ee.interlink.web.kubelet.certificate;

import java.io.IOException;

/** The cluster's place for requests for certificates, as far as one node needs it. */
public interface SigningRequests {
  /** How far a request is. */
  enum Stage {
    WAITING,
    ISSUED,
    REFUSED,
    GONE
  }

  /**
   * @param text the certificates if they are issued, the reason if they are refused
   */
  record State(Stage stage, String text) {}

  /**
   * Makes one.
   *
   * @param pem PKCS#10
   * @return its name
   */
  String make(String pem) throws IOException;

  State state(String name) throws IOException;

  /** Removes those of this node that nobody has decided. */
  void withdrawUndecided() throws IOException;
}
