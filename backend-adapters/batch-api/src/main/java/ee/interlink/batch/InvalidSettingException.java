package ee.interlink.batch;

/** A configuration key is unknown, missing, malformed or in contradiction to another. */
public final class InvalidSettingException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String key;

  /**
   * @param key the full key, as an administrator would look for it
   * @param fault what is wrong with it, as the end of a sentence that begins with the key
   */
  public InvalidSettingException(String key, String fault) {
    super(key + " " + fault);
    this.key = key;
  }

  public String key() {
    return key;
  }
}
