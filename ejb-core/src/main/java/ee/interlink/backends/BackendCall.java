package ee.interlink.backends;

import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchException;

/** What is to be done with a connection. */
@FunctionalInterface
public interface BackendCall<T> {
  T on(BatchConnection connection) throws BatchException;
}
