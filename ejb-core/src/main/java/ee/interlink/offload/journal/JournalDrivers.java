package ee.interlink.offload.journal;

import java.sql.Driver;
import java.sql.SQLException;

/**
 * JDBC drivers by class name: DriverManager sees only those of its own class loader's parents, and
 * H2 is each server's own.
 */
final class JournalDrivers {
  private JournalDrivers() {}

  static Driver of(String url) throws SQLException {
    String name = url.startsWith("jdbc:postgresql:") ? "org.postgresql.Driver" : "org.h2.Driver";
    try {
      Class<?> driver = Class.forName(name, true, JournalDrivers.class.getClassLoader());
      return (Driver) driver.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("this server has no " + name + "; see interlink.database.url", e);
    }
  }
}
