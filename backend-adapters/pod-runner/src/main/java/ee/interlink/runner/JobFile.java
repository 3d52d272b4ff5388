package ee.interlink.runner;

/** Something to be made in a job's directory. */
public sealed interface JobFile {
  /** Relative to the job's directory, without {@code ..}. */
  String path();

  /** Permission bits. */
  int mode();

  /** The same one, inside a folder. */
  JobFile below(String folder);

  /** A folder. */
  record Folder(String path, int mode) implements JobFile {
    /** One that only the account can enter. */
    public Folder(String path) {
      this(path, 0700);
    }

    @Override
    public Folder below(String folder) {
      return new Folder(folder + "/" + path, mode);
    }
  }

  /**
   * A symbolic link.
   *
   * @param target relative to the link's folder
   */
  record Link(String path, String target) implements JobFile {
    @Override
    public int mode() {
      return 0777;
    }

    @Override
    public Link below(String folder) {
      return new Link(folder + "/" + path, target);
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
