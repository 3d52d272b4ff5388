package ee.interlink.slurm;

import jakarta.json.spi.JsonProvider;

/**
 * JSON, whose provider is looked up once: {@code jakarta.json.Json} searches for it at each call.
 */
final class RestJson {
  static final JsonProvider JSON = JsonProvider.provider();

  private RestJson() {}
}
