package ee.interlink.launcher;

/** The pod cannot be run, or not be followed to its end; the message tells a person why. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }
}
