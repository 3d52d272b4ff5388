package ee.interlink.offload.journal;

class H2JournalTest extends JournalContract implements JournalQueriesContract {

  @Override
  public LocalJournal open() {
    return new LocalJournal();
  }
}
