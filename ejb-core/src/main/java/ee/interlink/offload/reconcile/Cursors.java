package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.ReportCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the observation of each backend and account stands. */
@ApplicationScoped
public class Cursors {
  private record Place(BackendName backend, AccountName account) {}

  private final Map<Place, ReportCursor> cursors = new ConcurrentHashMap<>();

  ReportCursor of(BackendName backend, AccountName account) {
    return cursors.getOrDefault(new Place(backend, account), ReportCursor.START);
  }

  void advance(BackendName backend, AccountName account, ReportCursor next) {
    cursors.put(new Place(backend, account), next);
  }
}
