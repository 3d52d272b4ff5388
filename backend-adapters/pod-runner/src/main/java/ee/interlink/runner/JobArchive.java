package ee.interlink.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A job's files as one stream for {@code tar -x -p -o -f - -C DIRECTORY}: one command at the site
 * for any number of files, and names that arrive as they are whatever the locale on either side.
 */
public final class JobArchive {
  private JobArchive() {}

  /** Writes the archive; the stream stays open. */
  public static void write(List<JobFile> files, OutputStream out) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    // The GNU form carries long names as bytes; the POSIX form lets tar translate them by locale.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    for (JobFile file : files) {
      if (file instanceof JobFile.Content content) {
        TarArchiveEntry entry = new TarArchiveEntry(file.path(), true);
        entry.setMode(file.mode());
        entry.setSize(content.content().length);
        tar.putArchiveEntry(entry);
        tar.write(content.content());
      } else if (file instanceof JobFile.Link link) {
        TarArchiveEntry entry = new TarArchiveEntry(file.path(), TarConstants.LF_SYMLINK);
        entry.setLinkName(link.target());
        tar.putArchiveEntry(entry);
      } else {
        TarArchiveEntry entry = new TarArchiveEntry(file.path() + "/", true);
        entry.setMode(file.mode());
        tar.putArchiveEntry(entry);
      }
      tar.closeArchiveEntry();
    }
    tar.finish();
    tar.flush();
  }
}
