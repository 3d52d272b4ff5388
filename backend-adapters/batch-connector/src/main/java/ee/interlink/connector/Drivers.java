package ee.interlink.connector;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.InvalidSettingException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of batch system that this adapter was packed with. */
final class Drivers {
  private final Map<String, BatchDriver> byName = new TreeMap<>();

  /**
   * @throws IllegalStateException if two drivers have one name
   */
  Drivers(Iterable<BatchDriver> drivers) {
    for (BatchDriver driver : drivers) {
      BatchDriver other = byName.put(driver.name(), driver);
      if (other != null) {
        throw new IllegalStateException(
            other.getClass() + " and " + driver.getClass() + " are both named " + driver.name());
      }
    }
  }

  /**
   * All that lie beside this class. Not by the thread's class loader: that is the application's,
   * which need not see the drivers.
   */
  static Drivers installed() {
    return new Drivers(ServiceLoader.load(BatchDriver.class, Drivers.class.getClassLoader()));
  }

  /** The driver that the backend's settings name. */
  BatchDriver of(BackendSettings backend) throws InvalidSettingException {
    BatchDriver driver = byName.get(backend.driver());
    if (driver == null) {
      throw new InvalidSettingException(
          backend.key("driver"),
          "is '" + backend.driver() + "'; known are: " + String.join(", ", byName.keySet()));
    }
    return driver;
  }
}
