package ee.interlink.offload.journal;

import ee.interlink.configuration.DatabaseSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What the server's pool behind {@code java:app/jdbc/journal} opens its connections with. An
 * annotation cannot read configuration, so this class does, the same way on every server.
 */
public class JournalDataSource implements DataSource {
  private static volatile DatabaseSettings settings;
  private PrintWriter logWriter;
  private int loginTimeout;
  private String label = "";

  /** For threads that see no configuration of the application: read once, by one that does. */
  private static DatabaseSettings settings() {
    DatabaseSettings read = settings;
    if (read == null) {
      read =
          DatabaseSettings.from(ConfigProvider.getConfig(JournalDataSource.class.getClassLoader()));
      settings = read;
    }
    return read;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DatabaseSettings to = settings();
    Properties login = new Properties();
    if (!to.user().isEmpty()) {
      login.setProperty("user", to.user());
    }
    login.setProperty("password", to.password());
    Connection connection = JournalDrivers.of(to.url()).connect(to.url(), login);
    if (connection == null) {
      // Not the URL itself: it may carry a password.
      throw new SQLException("interlink.database.url is not a URL of H2 or PostgreSQL");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {
    logWriter = writer;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  /** WildFly wants at least one property; this one says nothing. */
  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs by System.Logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
