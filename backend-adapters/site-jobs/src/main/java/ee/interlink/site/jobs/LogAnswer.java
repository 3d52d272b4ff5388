package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.LogChunk;
import ee.interlink.site.CommandResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line with the offset, then bytes that may be anything. */
final class LogAnswer {
  private LogAnswer() {}

  static LogChunk parse(CommandResult result) throws BackendUnavailableException {
    byte[] answer = result.output();
    int end = 0;
    while (end < answer.length && answer[end] != '\n') {
      end++;
    }
    String head = new String(answer, 0, end, StandardCharsets.US_ASCII);
    if (end == answer.length || !head.matches("[0-9]{1,18}")) {
      throw JobAnswer.garbled(result);
    }
    return new LogChunk(Long.parseLong(head), Arrays.copyOfRange(answer, end + 1, answer.length));
  }
}
