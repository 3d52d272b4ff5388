package ee.interlink.backends;

import ee.interlink.batch.BatchException;

/** A backend call with its connection still to be taken, so that waiting for one counts too. */
@FunctionalInterface
public interface Guarded<T> {
  T run() throws BatchException;
}
