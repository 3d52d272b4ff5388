package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobReport;
import ee.interlink.runner.SpoolEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What report.sh says of the spool: its entries, then the messages that belong to some of them;
 * each part ends with a line that begins with a record separator.
 */
record SpoolAnswer(List<SpoolEntry> entries, Map<String, String> messages) {

  /** Reads on where these parts begin. */
  static SpoolAnswer read(Sections sections) throws BackendUnavailableException {
    List<SpoolEntry> entries = new ArrayList<>();
    for (String name : sections.until("spool")) {
      SpoolEntry.parse(name).ifPresent(entries::add);
    }
    Map<String, String> messages = new HashMap<>();
    for (String line : sections.until("end")) {
      String[] parts = line.split("\u001f", 2);
      messages.put(parts[0], parts.length == 2 ? parts[1].replace('\035', '\n').strip() : "");
    }
    return new SpoolAnswer(entries, messages);
  }

  /** In the order in which it happened. */
  List<JobReport> reports() {
    return entries.stream()
        .sorted(Comparator.comparing(SpoolEntry::at).thenComparing(SpoolEntry::kind))
        .map(entry -> entry.report(messages.getOrDefault(entry.format(), "")))
        .toList();
  }
}
