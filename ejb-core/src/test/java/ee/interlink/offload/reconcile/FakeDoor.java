package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import java.util.Map;

/** Connects to nothing, and refuses one annotation. */
final class FakeDoor implements BatchConnectionFactory {
  static final String REFUSED = "fake.interlink.ee/rank";
  static final String FIELD = "metadata.annotations[" + REFUSED + "]";

  @Override
  public BatchConnection getConnection(BackendSettings backend, AccountName account)
      throws BatchException {
    throw new BackendUnavailableException("nobody is to connect from here");
  }

  @Override
  public void check(BackendSettings backend) {}

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    if (request.annotations().containsKey(REFUSED)) {
      throw new InvalidRequestException(Map.of(FIELD, "is not allowed"));
    }
  }

  @Override
  public boolean updates(BackendSettings backend) {
    return true;
  }
}
