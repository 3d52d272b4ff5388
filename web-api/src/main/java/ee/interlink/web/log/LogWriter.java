package ee.interlink.web.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.LogChunk;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes pieces of a log one after the other: with times if wanted, and never beyond the limit. */
final class LogWriter {
  /** Always nine digits: kubelet's RFC3339NanoFixed. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);

  private final Optional<LineTimes> times;
  private long left;
  private boolean atLineStart = true;

  LogWriter(Optional<LineTimes> times, long limit) {
    this.times = times;
    this.left = limit;
  }

  /** How many bytes may still be written. */
  long left() {
    return left;
  }

  /**
   * @throws BatchException if the times cannot be had; then nothing has been written
   */
  void write(LogChunk piece, OutputStream out) throws IOException, BatchException {
    if (times.isPresent()) {
      times.get().cover(piece);
      writeLines(piece, times.get(), out);
    } else {
      write(piece.content(), 0, piece.content().length, out);
    }
    out.flush();
  }

  private void writeLines(LogChunk piece, LineTimes known, OutputStream out) throws IOException {
    byte[] text = piece.content();
    int from = 0;
    while (from < text.length && left > 0) {
      if (atLineStart) {
        byte[] time = (TIME.format(known.at(piece.offset() + from)) + " ").getBytes(US_ASCII);
        write(time, 0, time.length, out);
      }
      int end = from;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      atLineStart = end < text.length;
      int next = atLineStart ? end + 1 : end;
      write(text, from, next - from, out);
      from = next;
    }
  }

  private void write(byte[] bytes, int from, int length, OutputStream out) throws IOException {
    int allowed = (int) Math.min(length, left);
    out.write(bytes, from, allowed);
    left -= allowed;
  }
}
