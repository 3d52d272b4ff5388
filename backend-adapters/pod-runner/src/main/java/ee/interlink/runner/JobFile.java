package ee.interlink.runner;

/** Something to be made in a job's directory. */
public sealed interface JobFile {
  /** Relative to the job's directory, without {@code ..}. */
  String path();

  /** Permission bits. */
  int mode();

  /** The same one, inside a folder. */
  JobFile below(String folder);

  /** A folder that only the account can enter. */
  record Folder(String path) implements JobFile {
    @Override
    public int mode() {
      return 0700;
    }

    @Override
    public Folder below(String folder) {
      return new Folder(folder + "/" + path);
    }
  }

  /**
   * A file.
   *
   * @param content possibly secret; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
  record Content(String path, int mode, byte[] content) implements JobFile {
    @Override
    public Content below(String folder) {
      return new Content(folder + "/" + path, mode, content);
    }

    @Override
    public String toString() {
      return path + " (" + content.length + " bytes)";
    }
  }
}
