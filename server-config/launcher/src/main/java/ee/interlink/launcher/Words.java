package ee.interlink.launcher;

/** A reason and a message as one phrase. */
final class Words {
  private Words() {}

  static String joined(String reason, String message) {
    return reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
  }
}
