package ee.interlink.batch;

/**
 * An amount of memory or of disk.
 *
 * @param bytes at least 0
 */
public record Bytes(long bytes) {
  private static final long MIB = 1024L * 1024L;

  /**
   * @throws IllegalArgumentException if negative
   */
  public Bytes {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative amount: " + bytes);
    }
  }

  public static Bytes ofMebibytes(long mebibytes) {
    return new Bytes(Math.multiplyExact(mebibytes, MIB));
  }

  /**
   * The amount in MiB, rounded up: schedulers read a 0 as "all of the node", so a request below one
   * MiB must not become one.
   */
  public long mebibytesRoundedUp() {
    return bytes / MIB + (bytes % MIB == 0 ? 0 : 1);
  }
}
