package ee.interlink.backends;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.configuration.Backend;

/** A gateway to a backend that is asked for nothing but its capacity. */
public final class CapacityGateway extends BackendGateway {
  public Capacity capacity = new Capacity(64, new Bytes(1L << 30), 0);
  public BatchException fault;
  public int asked;

  @Override
  @SuppressWarnings("unchecked") // capacity is all that is asked for
  public <T> T read(Backend backend, AccountName account, BackendCall<T> call)
      throws BatchException {
    asked++;
    if (fault != null) {
      throw fault;
    }
    return (T) capacity;
  }
}
