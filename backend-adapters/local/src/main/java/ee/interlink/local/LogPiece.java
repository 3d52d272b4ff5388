package ee.interlink.local;

import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A container's log, which may be growing. */
final class LogPiece {
  private LogPiece() {}

  static LogChunk read(Path file, LogRange range) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long length = log.length();
      long offset = range.offset() < 0 ? Math.max(0, length + range.offset()) : range.offset();
      byte[] content = new byte[(int) Math.max(0, Math.min(range.limit(), length - offset))];
      log.seek(offset);
      log.readFully(content);
      return new LogChunk(offset, content);
    } catch (FileNotFoundException e) {
      return new LogChunk(Math.max(0, range.offset()), new byte[0]);
    }
  }
}
