package ee.interlink.local;

import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogRange;
import ee.interlink.runner.JobDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A container's log, which may be growing. */
final class LogPiece {
  private LogPiece() {}

  /** Of a long log the beginning may be gone: then the piece begins where it begins. */
  static LogChunk read(Path file, LogRange range) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long length = log.length();
      long wanted = range.offset() < 0 ? length + range.offset() : range.offset();
      long offset = Math.max(wanted, cut(file));
      byte[] content = new byte[(int) Math.max(0, Math.min(range.limit(), length - offset))];
      log.seek(offset);
      log.readFully(content);
      return new LogChunk(offset, content);
    } catch (FileNotFoundException e) {
      return new LogChunk(Math.max(0, range.offset()), new byte[0]);
    }
  }

  private static long cut(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(JobDirectory.cut(file)).strip());
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
