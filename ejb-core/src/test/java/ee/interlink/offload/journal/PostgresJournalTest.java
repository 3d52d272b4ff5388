package ee.interlink.offload.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same on PostgreSQL, where the machine has one. */
@Tag("postgresql")
@EnabledIf("ee.interlink.offload.journal.ThrowAwayPostgres#isAtHand")
class PostgresJournalTest extends JournalContract implements JournalQueriesContract {
  private static ThrowAwayPostgres server;
  private static LocalJournal journal;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = ThrowAwayPostgres.start(directory);
    journal = new LocalJournal(server.url(), ThrowAwayPostgres.USER, "");
  }

  @AfterAll
  static void stop() throws Exception {
    if (journal != null) {
      journal.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  @Override
  public LocalJournal open() {
    return journal;
  }
}
