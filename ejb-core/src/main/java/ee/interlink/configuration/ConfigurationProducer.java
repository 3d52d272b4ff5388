package ee.interlink.configuration;

import ee.interlink.batch.InvalidSettingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the checked {@link Configuration} to whoever injects it. */
@ApplicationScoped
public class ConfigurationProducer {
  private Configuration configuration;

  /**
   * @throws IllegalStateException with the key's name; the application then does not start
   */
  @Produces
  public synchronized Configuration configuration() {
    if (configuration == null) {
      configuration = read(ConfigProvider.getConfig());
    }
    return configuration;
  }

  /** Also used before CDI is up. */
  public static Configuration read(Config config) {
    PropertyValues values = new PropertyValues(config, System.getenv().keySet());
    try {
      return new ConfigurationReader(values.read()).read();
    } catch (InvalidSettingException e) {
      throw new IllegalStateException("configuration: " + e.getMessage(), e);
    }
  }
}
